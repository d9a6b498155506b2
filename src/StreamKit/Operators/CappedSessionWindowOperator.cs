using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates per key and session, where a session also ends by its duration or by a record.</summary>
/// <remarks>
/// <para>
/// The sessions of a key are at any time the cut (<see cref="SessionCut"/>) of its records that have not expired. An
/// earlier record can move the start of a session, and with it every cut behind, so each session keeps an accumulator
/// per instant besides its total. A record that only adds to a session, or prolongs the last one, costs no new cut.
/// </para>
/// <para>
/// A session <c>[s, e)</c> closes at <c>W >= e</c>, because no record on time can change it: such a record has
/// <c>ts >= W >= e</c>. The walk reaches it after all records below <c>e</c>, so <c>s</c> and <c>e</c> and the content
/// are settled by then, and the record cannot join. By induction the sessions on time are the cut of all records of the
/// key sorted by event time, in whatever order they came.
/// </para>
/// <para>
/// A record behind the watermark is accepted when the session that it would be in, cut anew, has not expired. The later
/// sessions of the key end later still, so accepting it never expires what is there; the earlier ones stay as they are.
/// What has expired is no longer known, but its end is, and no record below it is accepted.
/// </para>
/// </remarks>
internal sealed partial class CappedSessionWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly SessionCut _cut;
    private readonly Func<TIn, bool>? _isLast;
    private readonly SessionKeys<TKey, TAcc, TOut> _keys;
    private readonly SessionContents<TKey, TIn, TAcc, TOut, TAggregator> _contents;
    private readonly SessionQueue<TKey, TAcc, TOut> _due;
    private readonly Queue<CappedSession<TKey, TAcc, TOut>> _early = new();
    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private int _open;

    public CappedSessionWindowOperator(
        WindowOptions options,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
        : base(options, aggregator, next, late, context)
    {
        _cut = ((CappedSessionAssigner)options.Assigner).Cut;
        _isLast = (options.Assigner as MarkedSessionAssigner<TIn>)?.IsLast;
        _keys = new(_cut, options.LatenessTicks);
        _contents = new(aggregator, context);
        _due = new(options.LatenessTicks);
        context.Remember(this);
    }

    public override bool IsEmpty => _keys.Count == 0;

    /// <summary>How many instants are held for all keys; for tests.</summary>
    public int HeldMoments => _keys.AllSessions.Sum(static session => session.Moments.Count);

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
        while (_due.TryTakeDue(Watermark, out CappedSession<TKey, TAcc, TOut>? session))
        {
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

        _keys.ForgetQuiet(Watermark);
        return true;
    }

    protected override void StartEarly()
    {
        foreach (CappedSession<TKey, TAcc, TOut> session in _keys.AllSessions
            .Where(static s => s is { IsDirty: true, IsComplete: false })
            .OrderBy(static s => s.End).ThenBy(static s => s.Start).ThenBy(static s => s.Order))
        {
            _early.Enqueue(session);
        }
    }

    protected override bool FireEarly()
    {
        while (_early.TryDequeue(out CappedSession<TKey, TAcc, TOut>? session))
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
        Context.Counters.Keys = _keys.Count;
        Context.Counters.SetNext(long.MinValue, _due.Next);
    }

    private void Add(KeyedBatch<TKey, TIn> batch, int at)
    {
        long ticks = batch.Records.Timestamps[at];
        CappedSessions<TKey, TAcc, TOut>? sessions = _keys.Find(batch.Keys[at], batch.Hashes[at]);
        if (!TryAskWhetherLast(batch, at, out bool isEnd))
        {
            return;
        }

        int before = sessions?.LastStartingBy(ticks) ?? -1;
        if (MissedBy(sessions, before, ticks, isEnd) is { } missed)
        {
            EmitLate(batch, at, [missed], acceptedByOthers: false);
        }
        else if (sessions is null || before < 0 || ticks >= sessions.List[before].End)
        {
            Open(batch, at, sessions, before + 1, isEnd);
        }
        else
        {
            Join(batch, at, sessions, before, isEnd);
        }
    }

    private bool TryAskWhetherLast(KeyedBatch<TKey, TIn> batch, int at, out bool isEnd)
    {
        isEnd = false;
        try
        {
            isEnd = _isLast is not null && _isLast(batch.Records.Values[at]);
            return true;
        }
        catch (Exception exception)
        {
            Report(exception, batch, at);
            return false;
        }
    }

    /// <summary>The window that a record comes too late for; null where it is accepted.</summary>
    private Window? MissedBy(CappedSessions<TKey, TAcc, TOut>? sessions, int before, long ticks, bool isEnd)
    {
        // Every session of the record ends after it, and every floor lies the lateness below the watermark.
        if (Watermark <= TickMath.Add(ticks, Options.LatenessTicks))
        {
            return null;
        }

        long start = ticks, end = _cut.EndOf(ticks, ticks, isEnd);
        if (sessions is not null && ticks < sessions.Floor)
        {
            return Window.OfTicks(start, IsExpired(end) ? end : sessions.Floor);
        }

        if (sessions is not null)
        {
            bool joins = before >= 0 && ticks < sessions.List[before].End;
            start = joins ? sessions.List[before].Start : ticks;
            end = sessions.EndWith(joins ? before : before + 1, start, ticks, isEnd);
        }

        return IsExpired(end) ? Window.OfTicks(start, end) : null;
    }

    private void Open(
        KeyedBatch<TKey, TIn> batch, int at, CappedSessions<TKey, TAcc, TOut>? sessions, int index, bool isEnd)
    {
        // The aggregator runs before anything is made, so a record that it refuses leaves no trace.
        long ticks = batch.Records.Timestamps[at];
        SessionMoment<TAcc> moment;
        try
        {
            moment = _contents.NewMoment(in batch.Records.Values[at], ticks, isEnd);
        }
        catch (Exception exception)
        {
            Report(exception, batch, at);
            return;
        }

        sessions ??= _keys.Add(batch.Keys[at], batch.Hashes[at]);
        var session = new CappedSession<TKey, TAcc, TOut>(sessions, ticks)
        {
            End = _cut.EndOf(ticks, ticks, isEnd),
            Order = moment.Order,
        };
        session.Moments.Add(moment);
        sessions.List.Insert(index, session);
        _open++;
        ContentChanged();
        if (sessions.IsNextBefore(index, session.End))
        {
            CutAnew(sessions, index);
        }
        else
        {
            session.IsDirty = _contents.SumUp(session);
            Settle(session);
        }
    }

    private void Join(
        KeyedBatch<TKey, TIn> batch, int at, CappedSessions<TKey, TAcc, TOut> sessions, int index, bool isEnd)
    {
        CappedSession<TKey, TAcc, TOut> session = sessions.List[index];
        SessionMoment<TAcc> last = session.Moments[^1];
        long ticks = batch.Records.Timestamps[at];
        bool isNewest = ticks >= last.Ticks;
        bool splits = isEnd && !isNewest;
        long end = isNewest
            ? _cut.EndOf(session.Start, ticks, isEnd || (ticks == last.Ticks && last.IsEnd))
            : session.End;
        bool cutsAnew = splits || sessions.IsNextBefore(index, end);
        try
        {
            _contents.Add(session, in batch.Records.Values[at], ticks, isEnd, alsoToTotal: !cutsAnew);
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            Report(exception, batch, at);
            return;
        }

        ContentChanged();
        if (cutsAnew)
        {
            CutAnew(sessions, index);
            return;
        }

        session.IsDirty = true;
        if (end != session.End)
        {
            Resize(session, end);
        }

        Settle(session);
    }

    // Takes back, by start, what was said for sessions that are no more; says, by start, what is complete already.
    private void CutAnew(CappedSessions<TKey, TAcc, TOut> sessions, int index)
    {
        (List<CappedSession<TKey, TAcc, TOut>> gone, List<CappedSession<TKey, TAcc, TOut>> made) =
            sessions.CutAnew(index);
        foreach (CappedSession<TKey, TAcc, TOut> session in gone)
        {
            Retract(session);
            session.IsGone = true;
        }

        _open += made.Count - gone.Count;
        foreach (CappedSession<TKey, TAcc, TOut> session in made)
        {
            session.IsDirty = _contents.SumUp(session);
            Settle(session);
        }
    }

    // Other bounds are another window: its panes count anew, and it completes anew if its end is still to come.
    private void Resize(CappedSession<TKey, TAcc, TOut> session, long end)
    {
        Retract(session);
        if (session.IsComplete || end < session.End)
        {
            session.Queued = null; // One that grew goes back when its old end comes up; here that would be too late.
        }

        session.End = end;
        session.Panes = default;
        session.IsComplete = false;
    }

    // After a change: the session waits for its end, or says at once that its content is another one.
    private void Settle(CappedSession<TKey, TAcc, TOut> session)
    {
        if (Watermark >= session.End)
        {
            if (!session.IsComplete)
            {
                session.IsComplete = true;
                _due.Enqueue(session);
            }

            if (session.IsDirty)
            {
                Emit(session, PaneTiming.Late);
            }
        }
        else if (session.Queued is null)
        {
            _due.Enqueue(session);
        }
    }

    private void Retract(CappedSession<TKey, TAcc, TOut> session)
    {
        PaneTiming timing = session.IsComplete ? PaneTiming.Late : PaneTiming.Early;
        RetractPane(ref session.Panes, session.Owner.Key, session.Bounds, timing);
    }

    private void Complete(CappedSession<TKey, TAcc, TOut> session)
    {
        session.IsComplete = true;
        if (session.IsDirty || Options.Mode != PaneMode.Discarding)
        {
            Emit(session, PaneTiming.OnTime);
        }

        if (IsExpired(session.End))
        {
            Remove(session);
        }
        else
        {
            _due.Enqueue(session);
        }
    }

    private void Emit(CappedSession<TKey, TAcc, TOut> session, PaneTiming timing)
    {
        session.IsDirty = false;
        TKey key = session.Owner.Key;
        try
        {
            EmitPane(ref session.Panes, key, session.Bounds, Aggregator.Result(in session.Total), timing);
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            Report(exception, key, session.Bounds.MaxTimestamp.Ticks);
        }

        if (Options.Mode == PaneMode.Discarding)
        {
            _contents.Discard(session);
        }
    }

    private bool IsExpired(long end) => Watermark >= TickMath.Add(end, Options.LatenessTicks);

    private void Remove(CappedSession<TKey, TAcc, TOut> session)
    {
        _keys.Remove(session);
        _open--;
    }

    private void Report(Exception exception, KeyedBatch<TKey, TIn> batch, int at) =>
        Report(exception, batch.Keys[at], batch.Records.Timestamps[at], batch.Records.Values[at]);
}
