using StreamKit.Connectors;
using StreamKit.Time;

namespace StreamKit.Testing;

/// <summary>A sink that keeps everything in memory, for tests of jobs.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// Any thread may read it while the job runs. Several jobs, one after the other, add to the same records.
/// </remarks>
public sealed class CollectingSink<T> : ISink<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _records = [];
    private readonly List<Timestamp> _timestamps = [];
    private readonly List<Timestamp> _watermarks = [];
    private int _flushes;
    private int _open;

    /// <summary>
    /// What the sink makes of the records. Default: it understands retractions, so any pipeline may write to it.
    /// </summary>
    public SinkMode Mode { get; init; } = SinkMode.Retract;

    /// <summary>All records so far, in the order of arrival; a copy.</summary>
    public IReadOnlyList<T> Records => Copy(_records);

    /// <summary>The event times of the records, one each; a copy.</summary>
    public IReadOnlyList<Timestamp> Timestamps => Copy(_timestamps);

    /// <summary>All watermarks so far; a copy.</summary>
    public IReadOnlyList<Timestamp> Watermarks => Copy(_watermarks);

    /// <summary>How often the job asked that everything be where it belongs.</summary>
    public int Flushes => Volatile.Read(ref _flushes);

    /// <summary>How many writers are open: 0 before a job and after it.</summary>
    public int OpenWriters => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        return new(new Writer(this));
    }

    private TItem[] Copy<TItem>(List<TItem> items)
    {
        lock (_lock)
        {
            return [.. items];
        }
    }

    private sealed class Writer(CollectingSink<T> sink) : ISinkWriter<T>
    {
        public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            lock (sink._lock)
            {
                sink._records.AddRange(records.Values.Span);
                for (int i = 0; i < records.Count; i++)
                {
                    sink._timestamps.Add(records.TimestampOf(i));
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask OnWatermarkAsync(Timestamp watermark, CancellationToken cancellationToken)
        {
            lock (sink._lock)
            {
                sink._watermarks.Add(watermark);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref sink._flushes);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref sink._open);
            return ValueTask.CompletedTask;
        }
    }
}
