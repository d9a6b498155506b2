namespace StreamKit.Twitter.Live;

/// <summary>Remembers for some time which posts were delivered.</summary>
/// <remarks>
/// Two sets: one fills up for the span, then it becomes the older one and a new one begins. So an id is known for at
/// least the span and at most twice as long, and nothing is ever searched for what is old.
/// </remarks>
internal sealed class RecentIds(TimeSpan span, TimeProvider clock)
{
    private HashSet<long> _young = [];
    private HashSet<long> _old = [];
    private long _youngSince = clock.GetTimestamp();

    internal IEnumerable<long> All => _young.Concat(_old);

    /// <summary>Whether the id is new; from now on it is not.</summary>
    internal bool Add(long id)
    {
        TimeSpan age = clock.GetElapsedTime(_youngSince);
        if (age >= span)
        {
            // After a long silence the younger set is too old as well.
            _old = age < span * 2 ? _young : [];
            _young = [];
            _youngSince = clock.GetTimestamp();
        }

        return !_old.Contains(id) && _young.Add(id);
    }
}
