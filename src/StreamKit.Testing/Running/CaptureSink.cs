using StreamKit.Connectors;

namespace StreamKit.Testing.Running;

/// <summary>Marks the place in the graph whose records a test wants to see; each run puts its own list there.</summary>
internal sealed class CaptureSink<T> : ISink<T>
{
    public SinkMode Mode => SinkMode.Retract;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A stream that a test looks at is run by the test, not by a job.");
}
