using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.Records;

/// <summary>Records with their keys and the keys' hashes as further columns.</summary>
internal sealed class KeyedBatch<TKey, T> : ICausesLateness
{
    private readonly KeyedBatchPool<TKey, T> _pool;
    private readonly ulong[] _hashes;
    private IKeyColumnHash<TKey>? _hasher;
    private ulong _seed;

    internal KeyedBatch(KeyedBatchPool<TKey, T> pool, int capacity)
    {
        _pool = pool;
        Keys = new TKey[capacity];
        _hashes = GC.AllocateUninitializedArray<ulong>(capacity);
    }

    public TKey[] Keys { get; }

    /// <summary>The hashes of the keys.</summary>
    public ulong[] Hashes
    {
        get
        {
            if (_hasher is not null)
            {
                Hash(_hasher);
            }

            return _hashes;
        }
    }

    /// <summary>The records; as many of the keys and hashes are filled.</summary>
    public Batch<T> Records { get; private set; } = null!; // Set by the pool before anybody sees the batch.

    public int Count => Records.Count;

    /// <summary>How many more records there is room for.</summary>
    public int Room => Records.Capacity - Records.Count;

    public LateCause LateCause
    {
        get => Records.LateCause;
        set => Records.LateCause = value;
    }

    /// <summary>Adds the records at some places of a batch, with keys and hashes; there is room for them.</summary>
    public void Add(ReadOnlySpan<ushort> picked, Batch<T> records, TKey[] keys, ulong[] hashes)
    {
        int count = Count;
        Copy(picked, keys, Keys, count);
        Copy(picked, hashes, _hashes, count);
        Copy(picked, records.Timestamps, Records.Timestamps, count);
        Copy(picked, records.Values, Records.Values, count);
        Records.SetCount(count + picked.Length);
    }

    /// <summary>Leaves hashing to whoever first asks for the hashes.</summary>
    /// <remarks>
    /// So the side that has time does it, and eight bytes less per record go from one processor to the other.
    /// </remarks>
    public void HashLater(IKeyColumnHash<TKey> hasher, ulong seed) => (_hasher, _seed) = (hasher, seed);

    public void Return()
    {
        _hasher = null;
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

    // A column at a time, and in a method of its own, all that a record needs is in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Copy<TColumn>(ReadOnlySpan<ushort> picked, TColumn[] from, TColumn[] to, int at)
    {
        ref ushort places = ref MemoryMarshal.GetReference(picked);
        ref TColumn source = ref MemoryMarshal.GetArrayDataReference(from);
        ref TColumn target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(to), at);
        for (nint i = 0; i < picked.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, (nint)Unsafe.Add(ref places, i));
        }
    }

    private void Hash(IKeyColumnHash<TKey> hasher)
    {
        _hasher = null;
        hasher.Hash(Keys.AsSpan(0, Count), _hashes, _seed);
    }
}
