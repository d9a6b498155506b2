using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamKit.Operators;

/// <summary>What is due when, roughly: entries lie in buckets of event time until they are due.</summary>
/// <remarks>
/// A session is extended by nearly every record, so its end is not worth keeping in exact order. Buckets are found by
/// number, and only those that exist are looked at, however far time moves (compare the hashed timing wheels of
/// G. Varghese and T. Lauck, SOSP 1987; here the wheel is a table, because event time has no last hour). An entry says
/// itself when it is due, so what it stands for is not looked at before.
/// </remarks>
/// <param name="width">The length of a bucket in ticks, rounded down to a power of two; more than zero.</param>
internal sealed class DueBuckets(long width)
{
    // Lists keep their size for the next bucket; a few are enough, because buckets go about as often as they come.
    private const int SpareBuckets = 64;

    private readonly int _shift = BitOperations.Log2((ulong)width);
    private readonly Dictionary<long, List<(long Time, int Id)>> _buckets = [];
    private readonly PriorityQueue<long, long> _order = new();
    private readonly Stack<List<(long Time, int Id)>> _spare = new();

    /// <summary>When the first entry is due; <see cref="long.MaxValue"/> where there is none.</summary>
    public long Next { get; private set; } = long.MaxValue;

    public void Add(long time, int id)
    {
        long bucket = time >> _shift;
        if (!_buckets.TryGetValue(bucket, out List<(long Time, int Id)>? entries))
        {
            entries = _spare.TryPop(out List<(long Time, int Id)>? spare) ? spare : [];
            _buckets.Add(bucket, entries);
            _order.Enqueue(bucket, bucket);
        }

        entries.Add((time, id));
        Next = Math.Min(Next, time);
    }

    /// <summary>Takes out all entries that are due by an instant.</summary>
    public void Take(long until, List<(long Time, int Id)> due)
    {
        while (Next <= until && _order.TryPeek(out long bucket, out _))
        {
            List<(long Time, int Id)> entries = _buckets[bucket];
            int kept = 0;
            foreach ((long Time, int Id) entry in CollectionsMarshal.AsSpan(entries))
            {
                if (entry.Time <= until)
                {
                    due.Add(entry);
                }
                else
                {
                    entries[kept++] = entry;
                }
            }

            CollectionsMarshal.SetCount(entries, kept);
            if (kept == 0)
            {
                RemoveFirst(entries);
            }

            Next = FirstTime();
        }
    }

    private void RemoveFirst(List<(long Time, int Id)> entries)
    {
        _buckets.Remove(_order.Dequeue());
        if (_spare.Count < SpareBuckets)
        {
            _spare.Push(entries);
        }
    }

    private long FirstTime()
    {
        long first = long.MaxValue;
        if (_order.TryPeek(out long bucket, out _))
        {
            foreach ((long time, int _) in CollectionsMarshal.AsSpan(_buckets[bucket]))
            {
                first = Math.Min(first, time);
            }
        }

        return first;
    }
}
