using System.Runtime.InteropServices;
using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Which sessions have something to do when: their end, and after that their expiry.</summary>
internal sealed class DueSessions<TKey, TAcc, TOut>(SessionStore<TKey, TAcc, TOut> sessions, long gap, long lateness)
{
    // Finer buckets mean more of them, coarser ones that more sessions are looked at before they are due.
    private const int BucketsPerGap = 64;

    // How many sessions before its turn each one is fetched.
    private const int Ahead = 8;

    private readonly DueBuckets _buckets = new(Math.Max(1, gap / BucketsPerGap));
    private readonly List<DueSession> _round = [];
    private readonly List<(long Time, int Id)> _due = [];
    private int _next;
    private long _collectedUntil = long.MinValue;

    /// <summary>
    /// When the next session is due, at the earliest: it may have grown since it was queued, or gone.
    /// </summary>
    public long Next => _buckets.Next;

    /// <summary>When a session ends, or expires where it has ended.</summary>
    public long TimeOf(in Session<TKey, TAcc> session) =>
        session.IsComplete ? TickMath.Add(session.End, lateness) : session.End;

    /// <summary>What decides the order in which sessions fire.</summary>
    public DueSession KeyOf(int id)
    {
        ref Session<TKey, TAcc> session = ref sessions.At(id);
        return new(TimeOf(in session), session.Start, sessions.TurnOf(id).Order, id);
    }

    /// <summary>
    /// Queues a session. One that is due later than it is queued for is moved when that time has come.
    /// </summary>
    public void Enqueue(int id)
    {
        ref SessionTurn turn = ref sessions.TurnOf(id);
        long due = TimeOf(in sessions.At(id));
        if (!turn.IsQueued || due < turn.QueuedAt)
        {
            (turn.IsQueued, turn.QueuedAt) = (true, due);
            _buckets.Add(due, id);
        }
    }

    /// <summary>Queues a session that was saved for when it was queued.</summary>
    public void TakeUp(int id, long queuedAt)
    {
        if (queuedAt > TimeOf(in sessions.At(id)))
        {
            throw StateException.Damaged("a session is queued for later than it is due");
        }

        ref SessionTurn turn = ref sessions.TurnOf(id);
        (turn.IsQueued, turn.QueuedAt) = (true, queuedAt);
        _buckets.Add(queuedAt, id);
    }

    /// <summary>The next session of the watermark's round, in the order of firing; false at its end.</summary>
    public bool TryTake(long watermark, out int id)
    {
        if (_collectedUntil < watermark)
        {
            _collectedUntil = watermark;
            Collect(watermark);
        }

        if (_next < _round.Count)
        {
            id = _round[_next++].Id;
            return true;
        }

        _round.Clear();
        _next = 0;
        id = SessionStore<TKey, TAcc, TOut>.None;
        return false;
    }

    private void Collect(long watermark)
    {
        _buckets.Take(watermark, _due);
        for (int i = 0; i < _due.Count; i++)
        {
            sessions.Prefetch(_due[Math.Min(i + Ahead, _due.Count - 1)].Id);
            (long time, int id) = _due[i];
            ref SessionTurn turn = ref sessions.TurnOf(id);
            if (!turn.IsQueuedAt(time))
            {
                continue;
            }

            turn.IsQueued = false;
            if (TimeOf(in sessions.At(id)) <= watermark)
            {
                _round.Add(KeyOf(id));
            }
            else
            {
                Enqueue(id);
            }
        }

        _due.Clear();
        CollectionsMarshal.AsSpan(_round).Sort();
    }
}
