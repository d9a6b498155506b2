using System.Runtime.CompilerServices;

namespace StreamKit.Operators;

/// <summary>The records of one key on one side, brought together from the slices of a window.</summary>
/// <remarks>Used again for one key after the other, so it is a copy that costs no memory of its own.</remarks>
internal sealed class JoinList<T>
{
    // More is not kept once the window is done.
    private const int MostKept = 1024;

    private T[] _values = new T[4];
    private long[] _timestamps = [];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(int index) => _values[index];

    /// <summary>Puts one record in the place of what is there.</summary>
    public void Set(T value)
    {
        Clear();
        _values[0] = value;
        Count = 1;
    }

    /// <summary>Adds the records of a chain in the order in which they came.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(JoinRows<T> rows, JoinChain chain)
    {
        int from = Count;
        int at = from + chain.Count;
        if (at > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(at, _values.Length * 2));
        }

        Count = at;
        T[] values = _values;
        for (int number = chain.Last; at > from;)
        {
            ref JoinRows<T>.Row row = ref rows.At(number);
            values[--at] = row.Value;
            number = row.Before;
        }

        if (rows.KeepsTimestamps)
        {
            AddTimestamps(rows, chain, from);
        }
    }

    /// <summary>The records by event time, and by arrival among equals; only where timestamps are kept.</summary>
    public T[] ToArrayByTime()
    {
        T[] values = Values.ToArray();
        ReadOnlySpan<long> timestamps = _timestamps.AsSpan(0, Count);
        bool inOrder = true;
        for (int i = 1; i < timestamps.Length; i++)
        {
            inOrder &= timestamps[i - 1] <= timestamps[i];
        }

        if (!inOrder)
        {
            var order = new (long Timestamp, int Arrival)[Count];
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = (timestamps[i], i);
            }

            Array.Sort(order, values);
        }

        return values;
    }

    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(_values, 0, Count);
        }

        Count = 0;
    }

    /// <summary>Gives back what a key with many records needed.</summary>
    public void Trim()
    {
        Clear();
        if (_values.Length > MostKept)
        {
            (_values, _timestamps) = (new T[MostKept], []);
        }
    }

    private void AddTimestamps(JoinRows<T> rows, JoinChain chain, int from)
    {
        if (_timestamps.Length < _values.Length)
        {
            Array.Resize(ref _timestamps, _values.Length);
        }

        for (int number = chain.Last, at = Count; at > from; number = rows.At(number).Before)
        {
            _timestamps[--at] = rows.TimestampOf(number);
        }
    }
}
