using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.Records;

/// <summary>Records as columns: event times and values, in the order of arrival.</summary>
/// <remarks>
/// A batch has one owner at a time. Who is handed a batch owns it and either hands it on or returns it to its pool.
/// </remarks>
internal sealed class Batch<T> : ICausesLateness
{
    private readonly BatchPool<T> _pool;
    private int _written;

    internal Batch(BatchPool<T> pool, int capacity)
    {
        _pool = pool;
        Timestamps = GC.AllocateUninitializedArray<long>(capacity);
        Values = new T[capacity];
    }

    public long[] Timestamps { get; private set; }

    public T[] Values { get; }

    /// <summary>How many records there are, from the start of the columns.</summary>
    public int Count { get; private set; }

    public int Capacity => Values.Length;

    public bool IsFull => Count == Values.Length;

    /// <summary>The split of the source that the records came from; only upstream of the event-time operator.</summary>
    public int Split { get; set; }

    public LateCause LateCause { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long timestamp, T value)
    {
        int at = Count;
        Timestamps[at] = timestamp;

        // The columns have one length, so one check is enough; and the array is exactly of this
        // type, so storing needs none.
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Values), at) = value;
        Count = at + 1;
    }

    /// <summary>Adds records that have one timestamp; there is room for all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long timestamp, ReadOnlySpan<T> values)
    {
        int count = Count;
        ref long timestamps = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Timestamps), count);
        ref T places = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Values), count);
        for (int i = 0; i < values.Length; i++)
        {
            Unsafe.Add(ref timestamps, i) = timestamp;
            Unsafe.Add(ref places, i) = values[i];
        }

        Count = count + values.Length;
    }

    /// <summary>Says how many records the columns hold after they were written directly.</summary>
    public void SetCount(int count)
    {
        Debug.Assert(count >= 0 && count <= Values.Length, "a batch holds no more than its columns");
        _written = Math.Max(_written, Count);
        Count = count;
    }

    /// <summary>Takes the timestamps of another batch of the same length by swapping the columns.</summary>
    public void TakeTimestamps<TOther>(Batch<TOther> from)
    {
        Debug.Assert(from.Timestamps.Length == Timestamps.Length, "batches of one job have one capacity");
        (Timestamps, from.Timestamps) = (from.Timestamps, Timestamps);
        Split = from.Split;
        LateCause = from.LateCause;
    }

    /// <summary>Adds the records of another batch, if there is room for all of them.</summary>
    public bool TryAppend(Batch<T> other)
    {
        if (Count + other.Count > Values.Length)
        {
            return false;
        }

        Array.Copy(other.Timestamps, 0, Timestamps, Count, other.Count);
        Array.Copy(other.Values, 0, Values, Count, other.Count);
        SetCount(Count + other.Count);
        return true;
    }

    /// <summary>Takes one record out; those after it move up.</summary>
    public void RemoveAt(int index)
    {
        int after = Count - index - 1;
        Array.Copy(Timestamps, index + 1, Timestamps, index, after);
        Array.Copy(Values, index + 1, Values, index, after);
        SetCount(Count - 1);
    }

    public Batch<T> Copy()
    {
        Batch<T> copy = _pool.Rent();
        Array.Copy(Timestamps, copy.Timestamps, Count);
        Array.Copy(Values, copy.Values, Count);
        copy.SetCount(Count);
        copy.Split = Split;
        copy.LateCause = LateCause;
        return copy;
    }

    /// <summary>Gives the batch up; it must not be used afterwards.</summary>
    public void Return()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(Values, 0, Math.Max(_written, Count));
        }

        _written = 0;
        Count = 0;
        Split = 0;
        LateCause = LateCause.BehindWatermark;
        _pool.Take(this);
    }
}
