using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>The keys that have sessions, or had one that stragglers could still ask for.</summary>
internal sealed class SessionKeys<TKey, TAcc, TOut>(SessionCut cut, long latenessTicks)
{
    private readonly KeyTable<TKey, CappedSessions<TKey, TAcc, TOut>> _keys = new();
    private readonly PriorityQueue<CappedSessions<TKey, TAcc, TOut>, long> _quiet = new();

    public int Count => _keys.Count;

    public IEnumerable<CappedSession<TKey, TAcc, TOut>> AllSessions
    {
        get
        {
            for (int i = 0; i < _keys.Count; i++)
            {
                foreach (CappedSession<TKey, TAcc, TOut> session in _keys.At(i).Value.List)
                {
                    yield return session;
                }
            }
        }
    }

    public CappedSessions<TKey, TAcc, TOut>? Find(TKey key, ulong hash)
    {
        int index = _keys.Find(key, (uint)hash);
        return index < 0 ? null : _keys.At(index).Value;
    }

    public IEnumerable<CappedSessions<TKey, TAcc, TOut>> All =>
        Enumerable.Range(0, _keys.Count).Select(index => _keys.At(index).Value);

    /// <summary>Takes up a key that was saved.</summary>
    public void TakeUp(CappedSessions<TKey, TAcc, TOut> sessions)
    {
        _keys.At(_keys.FindOrAdd(sessions.Key, sessions.Hash, out bool added)).Value = sessions;
        if (!added)
        {
            throw StateException.Damaged("a key is there twice");
        }

        if (sessions.List.Count == 0)
        {
            _quiet.Enqueue(sessions, QuietUntil(sessions));
        }
    }

    public CappedSessions<TKey, TAcc, TOut> Add(TKey key, ulong hash)
    {
        var sessions = new CappedSessions<TKey, TAcc, TOut>(key, hash, cut);
        _keys.At(_keys.FindOrAdd(key, hash, out _)).Value = sessions;
        return sessions;
    }

    /// <summary>Removes a session that has expired, and remembers where it ended.</summary>
    public void Remove(CappedSession<TKey, TAcc, TOut> session)
    {
        CappedSessions<TKey, TAcc, TOut> sessions = session.Owner;
        session.IsGone = true;

        // A jump of the watermark can remove a later session first, because an earlier one waits for its expiry.
        sessions.List.RemoveAt(sessions.LastStartingBy(session.Start));
        sessions.Floor = Math.Max(sessions.Floor, session.End);
        if (sessions.List.Count == 0)
        {
            _quiet.Enqueue(sessions, QuietUntil(sessions));
        }
    }

    /// <summary>Forgets the keys whose sessions expired so long ago that no record is taken for them.</summary>
    public void ForgetQuiet(long watermark)
    {
        while (_quiet.TryPeek(out CappedSessions<TKey, TAcc, TOut>? sessions, out long time) && time <= watermark)
        {
            _quiet.Dequeue();
            if (!sessions.IsGone && sessions.List.Count == 0 && QuietUntil(sessions) <= watermark)
            {
                sessions.IsGone = true;
                _keys.RemoveAt(_keys.Find(sessions.Key, (uint)sessions.Hash));
            }
        }
    }

    // A key is held as long as a record below its floor would not be expired by itself, so that it is refused.
    private long QuietUntil(CappedSessions<TKey, TAcc, TOut> sessions) =>
        TickMath.Add(TickMath.Add(sessions.Floor - 1, cut.LongestAlone), latenessTicks);
}
