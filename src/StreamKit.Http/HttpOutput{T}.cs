using StreamKit.Connectors;
using StreamKit.Http.Output;

namespace StreamKit.Http;

/// <summary>A sink that sends results to all who listen; made by <see cref="HttpOutput"/>.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// <para>
/// Each frame is serialized once, whoever listens, and nobody who listens slows the pipeline: a client that reads too
/// slowly loses the oldest of its frames, is told so, and where records have keys gets the newest of each instead.
/// </para>
/// <para>
/// The output is no part of a checkpoint and promises nothing to those who do not listen. Several jobs may write to it,
/// at the same time or one after the other; clients stay connected meanwhile. All members may be called by any thread.
/// </para>
/// </remarks>
public sealed class HttpOutput<T> : ISink<T>
{
    private readonly FramePublisher<T> _publisher;
    private readonly FrameHub _hub;

    internal HttpOutput(FrameSource<T> frames, HttpOutputOptions options)
    {
        Mode = frames.HasKeys ? SinkMode.Upsert : SinkMode.Retract;
        _hub = new FrameHub(options);
        _publisher = new FramePublisher<T>(frames, _hub, options);
        Endpoint = new OutputEndpoint(_hub, options);
    }

    /// <summary>
    /// <see cref="SinkMode.Upsert"/> where records have keys; otherwise <see cref="SinkMode.Retract"/>, because whoever
    /// listens can look at panes.
    /// </summary>
    public SinkMode Mode { get; }

    /// <summary>How many clients listen.</summary>
    public int Clients => _hub.Clients;

    /// <summary>How many frames clients were too slow for, all together.</summary>
    public long DroppedFrames => _hub.DroppedFrames;

    internal OutputEndpoint Endpoint { get; }

    /// <inheritdoc/>
    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        _hub.Use(context.Name, context.Clock);
        _publisher.Use(context.Clock);
        return new(new OutputWriter<T>(_publisher));
    }
}
