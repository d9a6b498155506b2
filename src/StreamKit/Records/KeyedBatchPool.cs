using System.Collections.Concurrent;

namespace StreamKit.Records;

/// <summary>The keyed batches of one output, used again and again.</summary>
internal sealed class KeyedBatchPool<TKey, T>(int capacity)
{
    private readonly ConcurrentQueue<KeyedBatch<TKey, T>> _free = new();

    /// <summary>A batch whose records are those given; it owns them now.</summary>
    public KeyedBatch<TKey, T> Rent(Batch<T> records) =>
        (_free.TryDequeue(out KeyedBatch<TKey, T>? batch) ? batch : new KeyedBatch<TKey, T>(this, capacity))
        .Over(records);

    internal void Take(KeyedBatch<TKey, T> batch) => _free.Enqueue(batch);
}
