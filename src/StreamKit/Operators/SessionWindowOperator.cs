using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates per key and session.</summary>
/// <remarks>
/// A record opens <c>[ts, ts + gap)</c>; sessions of one key that overlap are one, those that only touch are not.
/// Lateness is judged on the merged session. Each session has one entry in a queue ordered by end; an entry that comes
/// up too soon, because the session grew meanwhile, goes back, so a record at the end costs no queue operation. One
/// that moves the start does, because sessions with the same end fire by start.
/// </remarks>
internal sealed class SessionWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(
    WindowOptions options,
    TAggregator aggregator,
    Receiver<Batch<WindowResult<TKey, TOut>>> next,
    Receiver<Batch<Late<TIn>>>? late,
    OperatorContext context)
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(options, aggregator, next, late, context)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly long _gap = ((SessionAssigner)options.Assigner).Gap;
    private readonly KeyTable<TKey, Session<TKey, TAcc, TOut>> _sessions = new();
    private readonly PriorityQueue<Session<TKey, TAcc, TOut>, (long Time, long Start, long Order)> _due = new();
    private readonly Queue<Session<TKey, TAcc, TOut>> _early = new();
    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private long _made;
    private int _open;

    public override bool IsEmpty => _sessions.Count == 0;

    protected override void StartRecords(KeyedBatch<TKey, TIn> batch) => (_batch, _at) = (batch, 0);

    protected override bool AddRecords()
    {
        KeyedBatch<TKey, TIn> batch = _batch!; // Set by StartRecords.
        while (_at < batch.Count)
        {
            Add(batch, _at);
            _at++;
            if (IsBlocked)
            {
                return false;
            }
        }

        _batch = null;
        return true;
    }

    protected override bool FireDue()
    {
        while (_due.TryPeek(out Session<TKey, TAcc, TOut>? session, out (long Time, long Start, long Order) due)
            && due.Time <= Watermark)
        {
            _due.Dequeue();
            if (session.IsGone || session.Queued != due)
            {
                continue;
            }

            session.Queued = null;
            if (KeyOf(session) != due)
            {
                Enqueue(session);
                continue;
            }

            if (session.IsComplete)
            {
                Remove(session);
                continue;
            }

            Complete(session);
            if (IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    protected override void StartEarly()
    {
        foreach (Session<TKey, TAcc, TOut> session in AllSessions()
            .Where(static s => s is { IsDirty: true, IsComplete: false })
            .OrderBy(static s => s.End).ThenBy(static s => s.Start).ThenBy(static s => s.Order))
        {
            _early.Enqueue(session);
        }
    }

    protected override bool FireEarly()
    {
        while (_early.TryDequeue(out Session<TKey, TAcc, TOut>? session))
        {
            Emit(session, PaneTiming.Early);
            if (IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    protected override void Count()
    {
        Context.Counters.OpenWindows = _open;
        Context.Counters.Keys = _sessions.Count;

        // What stands first may have grown meanwhile, so a session closes then at the earliest.
        long next = _due.TryPeek(out _, out (long Time, long Start, long Order) due) ? due.Time : long.MaxValue;
        Context.Counters.SetNext(long.MinValue, next);
    }

    private void Add(KeyedBatch<TKey, TIn> batch, int at)
    {
        TKey key = batch.Keys[at];
        long timestamp = batch.Records.Timestamps[at];
        long start = timestamp, end = TickMath.Add(timestamp, _gap);
        int index = _sessions.Find(key, (uint)batch.Hashes[at]);
        Session<TKey, TAcc, TOut>? first = index < 0 ? null : FirstOverlapping(index, start, end);
        long ownEnd = end;
        for (Session<TKey, TAcc, TOut>? hit = first; hit is not null && hit.Overlaps(timestamp, ownEnd); hit = hit.Next)
        {
            start = Math.Min(start, hit.Start);
            end = Math.Max(end, hit.End);
        }

        if (Watermark >= TickMath.Add(end, Options.LatenessTicks))
        {
            EmitLate(batch, at, [Window.OfTicks(timestamp, TickMath.Add(timestamp, _gap))], acceptedByOthers: false);
            return;
        }

        // The aggregator runs before anything is merged, so a record that it refuses leaves no trace.
        TAcc alone = Aggregator.Create();
        try
        {
            if (first is null)
            {
                Aggregator.Add(ref alone, in batch.Records.Values[at], timestamp);
            }
            else
            {
                TAcc before = first.Accumulator;
                try
                {
                    Aggregator.Add(ref first.Accumulator, in batch.Records.Values[at], timestamp);
                }
                catch
                {
                    first.Accumulator = before;
                    throw;
                }
            }
        }
        catch (Exception exception)
        {
            Report(exception, key, timestamp, batch.Records.Values[at]);
            return;
        }

        Session<TKey, TAcc, TOut> session = first is null
            ? Open(key, batch.Hashes[at], start, end, alone)
            : Extend(first, timestamp, start, end);
        session.IsDirty = true;
        ContentChanged();
        if (Watermark >= session.End)
        {
            EmitLatePane(session);
        }
    }

    private Session<TKey, TAcc, TOut>? FirstOverlapping(int index, long start, long end)
    {
        Session<TKey, TAcc, TOut>? session = _sessions.At(index).Value;
        while (session is not null && !session.Overlaps(start, end))
        {
            session = session.Next;
        }

        return session;
    }

    private Session<TKey, TAcc, TOut> Open(TKey key, ulong hash, long start, long end, TAcc accumulator)
    {
        var session = new Session<TKey, TAcc, TOut>(key, hash, _made++)
        {
            Start = start,
            End = end,
            Accumulator = accumulator,
        };
        int index = _sessions.FindOrAdd(key, hash, out bool added);
        ref Session<TKey, TAcc, TOut> head = ref _sessions.At(index).Value;
        if (added || head.Start > start)
        {
            session.Next = added ? null : head;
            head = session;
        }
        else
        {
            Session<TKey, TAcc, TOut> before = head;
            while (before.Next is { } later && later.Start < start)
            {
                before = later;
            }

            (session.Next, before.Next) = (before.Next, session);
        }

        _open++;
        Enqueue(session);
        return session;
    }

    // Grows a session over the record and over the sessions that it now reaches, which are absorbed in start order.
    private Session<TKey, TAcc, TOut> Extend(Session<TKey, TAcc, TOut> session, long timestamp, long start, long end)
    {
        bool grows = start < session.Start || end > session.End;
        if (!grows)
        {
            return session;
        }

        Retract(session);
        while (session.Next is { } absorbed && absorbed.Overlaps(timestamp, TickMath.Add(timestamp, _gap)))
        {
            Retract(absorbed);
            Merge(session, absorbed);
            session.Order = Math.Min(session.Order, absorbed.Order);
            session.Next = absorbed.Next;
            absorbed.IsGone = true;
            _open--;
        }

        // Other bounds are another window: its panes count anew, and it completes anew if its end is still to come.
        bool moves = session.IsComplete || start < session.Start;
        (session.Start, session.End) = (start, end);
        session.Panes = default;
        session.IsComplete = false;
        if (moves)
        {
            Enqueue(session);
        }

        return session;
    }

    // Two sessions whose contents cannot be merged are one session all the same; what the later held is reported.
    private void Merge(Session<TKey, TAcc, TOut> into, Session<TKey, TAcc, TOut> from)
    {
        TAcc before = into.Accumulator;
        try
        {
            Aggregator.Merge(ref into.Accumulator, in from.Accumulator);
        }
        catch (Exception exception)
        {
            into.Accumulator = before;
            Report(exception, from.Key, from.Bounds.MaxTimestamp.Ticks);
        }
    }

    private void Retract(Session<TKey, TAcc, TOut> session)
    {
        PaneTiming timing = session.IsComplete ? PaneTiming.Late : PaneTiming.Early;
        RetractPane(ref session.Panes, session.Key, session.Bounds, timing);
    }

    private void EmitLatePane(Session<TKey, TAcc, TOut> session)
    {
        if (!session.IsComplete)
        {
            session.IsComplete = true;
            Enqueue(session);
        }

        Emit(session, PaneTiming.Late);
    }

    private void Complete(Session<TKey, TAcc, TOut> session)
    {
        session.IsComplete = true;
        bool empty = Options.Mode == PaneMode.Discarding && !session.IsDirty;
        if (!empty)
        {
            Emit(session, PaneTiming.OnTime);
        }

        if (Watermark >= DueTime(session))
        {
            Remove(session);
        }
        else
        {
            Enqueue(session);
        }
    }

    private void Emit(Session<TKey, TAcc, TOut> session, PaneTiming timing)
    {
        session.IsDirty = false;
        try
        {
            EmitPane(ref session.Panes, session.Key, session.Bounds, Aggregator.Result(in session.Accumulator), timing);
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            Report(exception, session.Key, session.Bounds.MaxTimestamp.Ticks);
        }

        if (Options.Mode == PaneMode.Discarding)
        {
            session.Accumulator = Aggregator.Create();
        }
    }

    private long DueTime(Session<TKey, TAcc, TOut> session) =>
        session.IsComplete ? TickMath.Add(session.End, Options.LatenessTicks) : session.End;

    private (long Time, long Start, long Order) KeyOf(Session<TKey, TAcc, TOut> session) =>
        (DueTime(session), session.Start, session.Order);

    private void Enqueue(Session<TKey, TAcc, TOut> session)
    {
        (long Time, long Start, long Order) key = KeyOf(session);
        if (session.Queued != key)
        {
            session.Queued = key;
            _due.Enqueue(session, key);
        }
    }

    private void Remove(Session<TKey, TAcc, TOut> session)
    {
        session.IsGone = true;
        _open--;
        int index = _sessions.Find(session.Key, (uint)session.Hash);
        ref Session<TKey, TAcc, TOut> head = ref _sessions.At(index).Value;
        if (ReferenceEquals(head, session))
        {
            if (session.Next is null)
            {
                _sessions.RemoveAt(index);
            }
            else
            {
                head = session.Next;
            }

            return;
        }

        Session<TKey, TAcc, TOut> before = head;
        while (!ReferenceEquals(before.Next, session))
        {
            before = before.Next!; // The session is in its key's list until it is removed.
        }

        before.Next = session.Next;
    }

    private IEnumerable<Session<TKey, TAcc, TOut>> AllSessions()
    {
        for (int i = 0; i < _sessions.Count; i++)
        {
            for (Session<TKey, TAcc, TOut>? session = _sessions.At(i).Value;
                session is not null;
                session = session.Next)
            {
                yield return session;
            }
        }
    }
}
