using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>A two-phase sink in memory: what is prepared and what is visible outlive the runs of a job.</summary>
internal sealed class KeptEpochs<T> : ISink<T>
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, T[]> _prepared = [];
    private readonly SortedDictionary<long, T[]> _visible = [];

    public SinkMode Mode => SinkMode.Append;

    public SinkGuarantee Guarantee => SinkGuarantee.ExactlyOnce;

    /// <summary>Is called before each commit.</summary>
    public Action<long>? OnCommit { get; init; }

    public IReadOnlyList<T> Visible
    {
        get
        {
            lock (_lock)
            {
                return [.. _visible.Values.SelectMany(static records => records)];
            }
        }
    }

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new(new Writer(this));

    private sealed class Writer(KeptEpochs<T> sink) : IEpochSinkWriter<T>
    {
        private readonly List<T> _records = [];

        public ValueTask RestoreAsync(
            long lastEpoch, IReadOnlyList<PreparedEpoch> prepared, CancellationToken cancellationToken)
        {
            lock (sink._lock)
            {
                foreach (long later in sink._prepared.Keys.Where(epoch => epoch > lastEpoch).ToArray())
                {
                    sink._prepared.Remove(later);
                }

                return sink._visible.Keys.LastOrDefault() > lastEpoch
                    ? throw new InvalidOperationException("a later epoch is visible.")
                    : ValueTask.CompletedTask;
            }
        }

        public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            _records.AddRange(records.Values.Span);
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<ReadOnlyMemory<byte>> PrepareAsync(long epoch, CancellationToken cancellationToken)
        {
            lock (sink._lock)
            {
                sink._prepared[epoch] = [.. _records];
            }

            _records.Clear();
            return new(ReadOnlyMemory<byte>.Empty);
        }

        public ValueTask CommitAsync(PreparedEpoch epoch, CancellationToken cancellationToken)
        {
            sink.OnCommit?.Invoke(epoch.Epoch);
            lock (sink._lock)
            {
                sink._visible[epoch.Epoch] = sink._prepared[epoch.Epoch];
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
