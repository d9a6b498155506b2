namespace StreamKit.Operators;

/// <summary>What is due when, roughly: entries lie in buckets of event time until they are due.</summary>
/// <remarks>
/// A session is extended by nearly every record, so its end is not worth keeping in exact order. Buckets are found by
/// number, and only those that exist are looked at, however far time moves (compare the hashed timing wheels of
/// G. Varghese and T. Lauck, SOSP 1987; here the wheel is a table, because event time has no last hour).
/// </remarks>
/// <param name="width">The length of a bucket in ticks; more than zero.</param>
internal sealed class DueBuckets(long width)
{
    // Lists keep their size for the next bucket; a few are enough, because buckets go about as often as they come.
    private const int SpareBuckets = 64;

    private readonly Dictionary<long, List<(int Id, int Generation)>> _buckets = [];
    private readonly PriorityQueue<long, long> _order = new();
    private readonly Stack<List<(int Id, int Generation)>> _spare = new();

    /// <summary>The entries of the earliest bucket; none where there is none.</summary>
    public IReadOnlyList<(int Id, int Generation)> Earliest =>
        _order.TryPeek(out long bucket, out _) ? _buckets[bucket] : [];

    /// <summary>The number of the bucket that an instant lies in.</summary>
    public long NumberOf(long ticks) => Math.DivRem(ticks, width) is var (whole, rest) && rest < 0 ? whole - 1 : whole;

    public void Add(long bucket, int id, int generation)
    {
        if (!_buckets.TryGetValue(bucket, out List<(int Id, int Generation)>? entries))
        {
            entries = _spare.TryPop(out List<(int Id, int Generation)>? spare) ? spare : [];
            _buckets.Add(bucket, entries);
            _order.Enqueue(bucket, bucket);
        }

        entries.Add((id, generation));
    }

    /// <summary>Takes the earliest bucket, if it begins no later than an instant.</summary>
    public bool TryTake(long until, out long bucket, out List<(int Id, int Generation)> entries)
    {
        if (_order.TryPeek(out bucket, out _) && bucket <= NumberOf(until))
        {
            _order.Dequeue();
            _buckets.Remove(bucket, out List<(int Id, int Generation)>? found);
            entries = found!; // The queue and the table hold the same buckets.
            return true;
        }

        entries = [];
        return false;
    }

    /// <summary>Gives a bucket's list back once its entries have been dealt with.</summary>
    public void Return(List<(int Id, int Generation)> entries)
    {
        entries.Clear();
        if (_spare.Count < SpareBuckets)
        {
            _spare.Push(entries);
        }
    }
}
