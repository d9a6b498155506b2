using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace StreamKit.Operators;

/// <summary>Items in ascending event time: added at the end, taken from the front.</summary>
internal sealed class EventRun<T>
{
    private const int InitialCapacity = 8;

    private long[] _timestamps = new long[InitialCapacity];
    private T[] _items = new T[InitialCapacity];
    private int _first;
    private int _end;

    public int Count => _end - _first;

    /// <summary>The smallest timestamp; the run is not empty.</summary>
    public long Head => _timestamps[_first];

    /// <summary>The largest timestamp; the run is not empty.</summary>
    public long Tail => _timestamps[_end - 1];

    /// <summary>What lies so many places behind the first.</summary>
    public (long Timestamp, T Item) this[int index] => (_timestamps[_first + index], _items[_first + index]);

    public void Add(long timestamp, T item)
    {
        Debug.Assert(Count == 0 || Tail <= timestamp, "a run ascends");
        if (_end == _items.Length)
        {
            MakeRoom();
        }

        _timestamps[_end] = timestamp;
        _items[_end] = item;
        _end++;
    }

    public T Take()
    {
        T item = _items[_first];
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            _items[_first] = default!; // Nobody reads the place before it is written again.
        }

        _first++;
        if (_first == _end)
        {
            (_first, _end) = (0, 0);
        }

        return item;
    }

    // Moving what is left to the front costs no more than was taken since the last time.
    private void MakeRoom()
    {
        int count = Count;
        if (_first >= count)
        {
            Array.Copy(_timestamps, _first, _timestamps, 0, count);
            Array.Copy(_items, _first, _items, 0, count);
            if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            {
                Array.Clear(_items, _first, count);
            }

            (_first, _end) = (0, count);
            return;
        }

        int capacity = checked(_items.Length * 2);
        Array.Resize(ref _timestamps, capacity);
        Array.Resize(ref _items, capacity);
    }
}
