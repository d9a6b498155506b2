using System.Diagnostics.CodeAnalysis;
using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Sessions by the instant at which they complete, and then by the one at which they expire.</summary>
/// <remarks>
/// One entry counts for each session. One that comes up too soon, because the session grew meanwhile, goes back, so a
/// record at the end of a session costs no queue operation.
/// </remarks>
internal sealed class SessionQueue<TKey, TAcc, TOut>(long latenessTicks)
{
    private readonly PriorityQueue<CappedSession<TKey, TAcc, TOut>, (long Time, long Start, long Order)> _queue = new();

    /// <summary>When the next session is due, at the earliest: it may have changed since it was queued.</summary>
    public long Next => _queue.TryPeek(out _, out (long Time, long Start, long Order) due) ? due.Time : long.MaxValue;

    public void Enqueue(CappedSession<TKey, TAcc, TOut> session)
    {
        (long Time, long Start, long Order) key = KeyOf(session);
        session.Queued = key;
        _queue.Enqueue(session, key);
    }

    /// <summary>Queues a session that was saved for when it was queued; it has its order by now.</summary>
    public void TakeUp(CappedSession<TKey, TAcc, TOut> session)
    {
        (long Time, long Start, long Order) key = KeyOf(session);
        if (session.Queued is not { } queued || queued.Time > key.Time)
        {
            throw StateException.Damaged("a session is queued for later than it is due");
        }

        key.Time = queued.Time;
        session.Queued = key;
        _queue.Enqueue(session, key);
    }

    /// <summary>Takes the next session that is due: by time, then by start, then by order.</summary>
    public bool TryTakeDue(long watermark, [NotNullWhen(true)] out CappedSession<TKey, TAcc, TOut>? session)
    {
        while (_queue.TryPeek(out session, out (long Time, long Start, long Order) due) && due.Time <= watermark)
        {
            _queue.Dequeue();
            if (session.IsGone || session.Queued != due)
            {
                continue;
            }

            session.Queued = null;
            if (KeyOf(session) == due)
            {
                return true;
            }

            Enqueue(session);
        }

        session = null;
        return false;
    }

    private (long Time, long Start, long Order) KeyOf(CappedSession<TKey, TAcc, TOut> session)
    {
        long time = session.IsComplete ? TickMath.Add(session.End, latenessTicks) : session.End;
        return (time, session.Start, session.Order);
    }
}
