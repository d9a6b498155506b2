using System.Runtime.CompilerServices;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Counts of the most frequent values, with bounds, in bounded memory.</summary>
/// <remarks>
/// <para>
/// SpaceSaving: A. Metwally, D. Agrawal, A. El Abbadi, "Efficient Computation of Frequent and Top-k Elements in Data
/// Streams" (ICDT 2005): a value that finds no free counter takes over the smallest one, whose count becomes its
/// possible error. Merging after P. K. Agarwal et al., "Mergeable Summaries" (PODS 2012).
/// </para>
/// <para>
/// Always: <c>count - error &lt;= true count &lt;= count</c>; a value without a counter came no more often than the
/// smallest counter says if all are in use, and never if not; and that counter is at most the number of records through
/// the capacity.
/// </para>
/// </remarks>
internal sealed class FrequentValues<TValue>
    where TValue : notnull
{
    private const int Form = 1;
    private const int FirstCounters = 8;

    private readonly int _capacity;
    private readonly Dictionary<TValue, int> _slots = [];
    private Counter[] _counters = [];

    // Of slots: the smallest count first; of equal counts the later slot, which is evicted first.
    private int[] _heap = [];

    public FrequentValues(int capacity) => _capacity = capacity;

    /// <summary>Roughly how many bytes the counters take, without what the values refer to.</summary>
    public int Bytes =>
        (_counters.Length * (Unsafe.SizeOf<Counter>() + sizeof(int)))
        + (_slots.Capacity * (Unsafe.SizeOf<(int, int, TValue, int)>() + sizeof(int)));

    private int Used => _slots.Count;

    /// <summary>How often a value that has no counter may have come.</summary>
    private long Missed => Used == _capacity ? _counters[_heap[0]].Count : 0;

    public void Add(TValue value)
    {
        if (_slots.TryGetValue(value, out int slot))
        {
            _counters[slot].Count++;
            SiftDown(_counters[slot].Place);
        }
        else if (Used < _capacity)
        {
            Append(new HeavyHitter<TValue>(value, 1, 0));
        }
        else
        {
            TakeOverSmallest(value);
        }
    }

    public void Merge(FrequentValues<TValue> other)
    {
        long missedHere = Missed, missedThere = other.Missed;
        var all = new List<HeavyHitter<TValue>>(Used + other.Used);
        foreach (HeavyHitter<TValue> mine in Hitters())
        {
            HeavyHitter<TValue> theirs = other.Find(mine.Value, missedThere);
            all.Add(new(mine.Value, mine.Count + theirs.Count, mine.Error + theirs.Error));
        }

        foreach (HeavyHitter<TValue> theirs in other.Hitters().Where(hitter => !_slots.ContainsKey(hitter.Value)))
        {
            all.Add(new(theirs.Value, theirs.Count + missedHere, theirs.Error + missedHere));
        }

        _slots.Clear();
        foreach (HeavyHitter<TValue> kept in all.Order(HeavyHitterOrder<TValue>.Instance).Take(_capacity))
        {
            Append(kept);
        }

        Array.Clear(_counters, Used, _counters.Length - Used);
    }

    /// <summary>The values that have counters, the most frequent first.</summary>
    public IReadOnlyList<HeavyHitter<TValue>> Best() => [.. Hitters().Order(HeavyHitterOrder<TValue>.Instance)];

    // In the order of the slots, which decides among equal counts.
    public void Write(ref StateWriter writer)
    {
        writer.Write(Form);
        writer.Write(_capacity);
        writer.Write(Used);
        StateSerializer<TValue> serializer = writer.Schema<TValue>();
        foreach (ref readonly Counter counter in _counters.AsSpan(0, Used))
        {
            writer.Write(counter.Count);
            writer.Write(counter.Error);
            writer.Payload(serializer, in counter.Value);
        }
    }

    public static FrequentValues<TValue> Read(ref StateReader reader, int capacity)
    {
        reader.ReadForm(Form, "HeavyHitters");
        int written = reader.ReadInt32();
        if (written != capacity)
        {
            throw new StateException(
                $"The state of HeavyHitters has a capacity of {written} and the program one of {capacity}. Set it "
                + "back, or begin with new state.");
        }

        var read = new FrequentValues<TValue>(capacity);
        int count = reader.ReadCount();
        StateSerializer<TValue> serializer = reader.Schema<TValue>();
        for (int i = 0; i < count; i++)
        {
            long times = reader.ReadInt64(), error = reader.ReadInt64();
            TValue value = reader.Payload(serializer);
            bool isCounter = i < capacity && times > 0 && error >= 0 && error < times;
            if (!isCounter || value is null || read._slots.ContainsKey(value))
            {
                throw StateException.Damaged("counters of HeavyHitters are not what they can be");
            }

            read.Append(new(value, times, error));
        }

        return read;
    }

    private IEnumerable<HeavyHitter<TValue>> Hitters() =>
        _counters.Take(Used)
            .Select(static counter => new HeavyHitter<TValue>(counter.Value, counter.Count, counter.Error));

    private HeavyHitter<TValue> Find(TValue value, long missed) => _slots.TryGetValue(value, out int slot)
        ? new(value, _counters[slot].Count, _counters[slot].Error)
        : new(value, missed, missed);

    private void Append(HeavyHitter<TValue> hitter)
    {
        int slot = Used;
        if (slot == _counters.Length)
        {
            int length = (int)Math.Min(Math.Max(FirstCounters, slot * 2L), _capacity);
            Array.Resize(ref _counters, length);
            Array.Resize(ref _heap, length);
        }

        _slots.Add(hitter.Value, slot);
        _counters[slot] = new Counter { Value = hitter.Value, Count = hitter.Count, Error = hitter.Error };
        SiftUp(slot, slot);
    }

    private void TakeOverSmallest(TValue value)
    {
        int slot = _heap[0];
        ref Counter counter = ref _counters[slot];
        _slots.Remove(counter.Value);
        _slots.Add(value, slot);
        (counter.Value, counter.Error) = (value, counter.Count);
        counter.Count++;
        SiftDown(0);
    }

    private void SiftUp(int place, int slot)
    {
        while (place > 0 && IsSmaller(slot, _heap[(place - 1) / 2]))
        {
            Put(place, _heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Put(place, slot);
    }

    private void SiftDown(int place)
    {
        int slot = _heap[place];
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= Used)
            {
                break;
            }

            if (child + 1 < Used && IsSmaller(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsSmaller(_heap[child], slot))
            {
                break;
            }

            Put(place, _heap[child]);
            place = child;
        }

        Put(place, slot);
    }

    private bool IsSmaller(int slot, int other)
    {
        long one = _counters[slot].Count, two = _counters[other].Count;
        return one != two ? one < two : slot > other;
    }

    private void Put(int place, int slot)
    {
        _heap[place] = slot;
        _counters[slot].Place = place;
    }

    private struct Counter
    {
        public TValue Value;
        public long Count;
        public long Error;
        public int Place; // In the heap.
    }
}
