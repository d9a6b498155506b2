using System.Runtime.CompilerServices;

namespace StreamKit.Records;

/// <summary>Records with their keys and the keys' hashes as further columns.</summary>
internal sealed class KeyedBatch<TKey, T> : ICausesLateness
{
    private readonly KeyedBatchPool<TKey, T> _pool;

    internal KeyedBatch(KeyedBatchPool<TKey, T> pool, int capacity)
    {
        _pool = pool;
        Keys = new TKey[capacity];
        Hashes = GC.AllocateUninitializedArray<ulong>(capacity);
    }

    public TKey[] Keys { get; private set; }

    public ulong[] Hashes { get; private set; }

    /// <summary>The records; as many of the keys and hashes are filled.</summary>
    public Batch<T> Records { get; private set; } = null!; // Set by the pool before anybody sees the batch.

    public int Count => Records.Count;

    public LateCause LateCause
    {
        get => Records.LateCause;
        set => Records.LateCause = value;
    }

    /// <summary>Exchanges the columns with those of another batch, which then holds nothing but memory.</summary>
    public void Exchange(KeyedBatch<TKey, T> other)
    {
        (Keys, other.Keys) = (other.Keys, Keys);
        (Hashes, other.Hashes) = (other.Hashes, Hashes);
        Records.Exchange(other.Records);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TKey>())
        {
            Array.Clear(other.Keys, 0, Count);
        }
    }

    public void Return()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TKey>())
        {
            Array.Clear(Keys, 0, Count);
        }

        Records.Return();
        Records = null!;
        _pool.Take(this);
    }

    internal KeyedBatch<TKey, T> Over(Batch<T> records)
    {
        Records = records;
        return this;
    }
}
