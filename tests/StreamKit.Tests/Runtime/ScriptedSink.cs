using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>A sink that keeps what it gets and does what a test says at each moment of its life.</summary>
internal sealed class ScriptedSink<T> : ISink<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _records = [];

    public SinkMode Mode { get; init; } = SinkMode.Retract;

    public Func<Task>? OnOpen { get; init; }

    public Func<CancellationToken, Task>? OnWrite { get; init; }

    public Action? OnFlush { get; init; }

    public Action? OnDispose { get; init; }

    public int Flushes { get; private set; }

    public int Disposals { get; private set; }

    public int EmptyWrites { get; private set; }

    public IReadOnlyList<T> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        await (OnOpen?.Invoke() ?? Task.CompletedTask);
        return new Writer(this);
    }

    private sealed class Writer(ScriptedSink<T> sink) : ISinkWriter<T>
    {
        public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            sink.EmptyWrites += records.Count == 0 ? 1 : 0;
            await (sink.OnWrite?.Invoke(cancellationToken) ?? Task.CompletedTask);
            lock (sink._lock)
            {
                sink._records.AddRange(records.Values.Span);
            }
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            sink.Flushes++;
            sink.OnFlush?.Invoke();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            sink.Disposals++;
            sink.OnDispose?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
