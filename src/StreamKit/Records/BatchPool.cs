using System.Collections.Concurrent;

namespace StreamKit.Records;

/// <summary>The batches of one output, used again and again.</summary>
/// <remarks>It holds no more than were under way at once, and that is bounded by the channels.</remarks>
internal sealed class BatchPool<T>(int capacity)
{
    private readonly ConcurrentQueue<Batch<T>> _free = new();

    /// <summary>The records that a batch holds.</summary>
    public int Capacity { get; } = capacity;

    public Batch<T> Rent() => _free.TryDequeue(out Batch<T>? batch) ? batch : new Batch<T>(this, Capacity);

    internal void Take(Batch<T> batch) => _free.Enqueue(batch);
}
