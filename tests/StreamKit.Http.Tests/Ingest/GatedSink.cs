using StreamKit.Connectors;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>Takes nothing before it is told to, and tells when the first batch has come.</summary>
internal sealed class GatedSink : ISink<Hit>
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SinkMode Mode => SinkMode.Append;

    /// <summary>Completes when the pipeline stands before the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>What has come through.</summary>
    public List<Hit> Hits { get; } = [];

    public void Open() => _opened.SetResult();

    public ValueTask<ISinkWriter<Hit>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new(new Writer(this));

    private sealed class Writer(GatedSink sink) : ISinkWriter<Hit>
    {
        public async ValueTask WriteAsync(SinkBatch<Hit> records, CancellationToken cancellationToken)
        {
            sink._reached.TrySetResult();
            await sink._opened.Task.WaitAsync(cancellationToken);
            sink.Hits.AddRange(records.Values.Span);
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => default;

        public ValueTask DisposeAsync() => default;
    }
}
