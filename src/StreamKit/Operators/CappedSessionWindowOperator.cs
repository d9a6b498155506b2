using System.Runtime.InteropServices;
using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.State;
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
internal sealed class CappedSessionWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(
    WindowOptions options,
    TAggregator aggregator,
    Receiver<Batch<WindowResult<TKey, TOut>>> next,
    Receiver<Batch<Late<TIn>>>? late,
    OperatorContext context)
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(options, aggregator, next, late, context)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly SessionCut _cut = ((CappedSessionAssigner)options.Assigner).Cut;
    private readonly Func<TIn, bool>? _isLast = (options.Assigner as MarkedSessionAssigner<TIn>)?.IsLast;
    private readonly KeyTable<TKey, CappedSessions<TKey, TAcc, TOut>> _keys = new();
    private readonly PriorityQueue<CappedSession<TKey, TAcc, TOut>, (long Time, long Start, long Order)> _due = new();
    private readonly PriorityQueue<CappedSessions<TKey, TAcc, TOut>, long> _quiet = new();
    private readonly Queue<CappedSession<TKey, TAcc, TOut>> _early = new();
    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private long _made;
    private int _open;

    public override bool IsEmpty => _keys.Count == 0;

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
        while (_due.TryPeek(
                out CappedSession<TKey, TAcc, TOut>? session, out (long Time, long Start, long Order) due)
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
            }
            else if (session.IsComplete)
            {
                Remove(session);
            }
            else
            {
                Complete(session);
                if (IsBlocked)
                {
                    return false;
                }
            }
        }

        ForgetQuietKeys();
        return true;
    }

    protected override void StartEarly()
    {
        foreach (CappedSession<TKey, TAcc, TOut> session in AllSessions()
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
    }

    private void Add(KeyedBatch<TKey, TIn> batch, int at)
    {
        long ticks = batch.Records.Timestamps[at];
        int index = _keys.Find(batch.Keys[at], (uint)batch.Hashes[at]);
        CappedSessions<TKey, TAcc, TOut>? sessions = index < 0 ? null : _keys.At(index).Value;
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
            moment = NewMoment(in batch.Records.Values[at], ticks, isEnd);
        }
        catch (Exception exception)
        {
            Report(exception, batch, at);
            return;
        }

        sessions ??= AddKey(batch.Keys[at], batch.Hashes[at]);
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
            session.IsDirty = SumUp(session);
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
            AddTo(session, in batch.Records.Values[at], ticks, isEnd, alsoToTotal: !cutsAnew);
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

    private void AddTo(
        CappedSession<TKey, TAcc, TOut> session, in TIn record, long ticks, bool isEnd, bool alsoToTotal)
    {
        if (alsoToTotal)
        {
            AddOrLeave(ref session.Total, in record, ticks);
        }

        int index = session.IndexOf(ticks);
        try
        {
            if (session.HasMomentAt(index, ticks))
            {
                ref SessionMoment<TAcc> moment = ref CollectionsMarshal.AsSpan(session.Moments)[index];
                AddOrLeave(ref moment.Accumulator, in record, ticks);
                moment.HasContent = true;
                moment.IsEnd |= isEnd;
            }
            else
            {
                session.Moments.Insert(index, NewMoment(in record, ticks, isEnd));
            }
        }
        catch when (alsoToTotal)
        {
            SumUp(session); // The total took what the moment refused.
            throw;
        }
    }

    private SessionMoment<TAcc> NewMoment(in TIn record, long ticks, bool isEnd)
    {
        TAcc alone = Aggregator.Create();
        Aggregator.Add(ref alone, in record, ticks);
        return new SessionMoment<TAcc>
        {
            Ticks = ticks,
            IsEnd = isEnd,
            HasContent = true,
            Order = _made++,
            Accumulator = alone,
        };
    }

    private void AddOrLeave(ref TAcc accumulator, in TIn record, long ticks)
    {
        TAcc before = accumulator;
        try
        {
            Aggregator.Add(ref accumulator, in record, ticks);
        }
        catch
        {
            accumulator = before;
            throw;
        }
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
            session.IsDirty = SumUp(session);
            Settle(session);
        }
    }

    // Makes the total anew; whether it has content. Moments whose contents cannot be merged are in one session all the
    // same; what the later one held is reported.
    private bool SumUp(CappedSession<TKey, TAcc, TOut> session)
    {
        bool hasContent = false;
        session.Total = Aggregator.Create();
        foreach (ref readonly SessionMoment<TAcc> moment in CollectionsMarshal.AsSpan(session.Moments))
        {
            if (!moment.HasContent)
            {
                continue;
            }

            hasContent = true;
            TAcc before = session.Total;
            try
            {
                Aggregator.Merge(ref session.Total, in moment.Accumulator);
            }
            catch (Exception exception)
            {
                session.Total = before;
                Report(exception, session.Owner.Key, moment.Ticks);
            }
        }

        return hasContent;
    }

    // Other bounds are another window: its panes count anew, and it completes anew if its end is still to come.
    private void Resize(CappedSession<TKey, TAcc, TOut> session, long end)
    {
        Retract(session);
        if (session.IsComplete || end < session.End)
        {
            session.Queued = null; // A session that grew goes back when its old end comes up; here it would be too late.
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
                Enqueue(session);
            }

            if (session.IsDirty)
            {
                Emit(session, PaneTiming.Late);
            }
        }
        else if (session.Queued is null)
        {
            Enqueue(session);
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
            Enqueue(session);
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
            Discard(session);
        }
    }

    private void Discard(CappedSession<TKey, TAcc, TOut> session)
    {
        session.Total = Aggregator.Create();
        foreach (ref SessionMoment<TAcc> moment in CollectionsMarshal.AsSpan(session.Moments))
        {
            if (moment.HasContent)
            {
                moment.HasContent = false;
                moment.Accumulator = Aggregator.Create();
            }
        }
    }

    private bool IsExpired(long end) => Watermark >= TickMath.Add(end, Options.LatenessTicks);

    private long DueTime(CappedSession<TKey, TAcc, TOut> session) =>
        session.IsComplete ? TickMath.Add(session.End, Options.LatenessTicks) : session.End;

    private (long Time, long Start, long Order) KeyOf(CappedSession<TKey, TAcc, TOut> session) =>
        (DueTime(session), session.Start, session.Order);

    private void Enqueue(CappedSession<TKey, TAcc, TOut> session)
    {
        (long Time, long Start, long Order) key = KeyOf(session);
        session.Queued = key;
        _due.Enqueue(session, key);
    }

    private CappedSessions<TKey, TAcc, TOut> AddKey(TKey key, ulong hash)
    {
        var sessions = new CappedSessions<TKey, TAcc, TOut>(key, hash, _cut);
        _keys.At(_keys.FindOrAdd(key, hash, out _)).Value = sessions;
        return sessions;
    }

    private void Remove(CappedSession<TKey, TAcc, TOut> session)
    {
        CappedSessions<TKey, TAcc, TOut> sessions = session.Owner;
        session.IsGone = true;
        _open--;

        // A jump of the watermark can remove a later session first, because an earlier one waits for its expiry.
        sessions.List.RemoveAt(sessions.LastStartingBy(session.Start));
        sessions.Floor = Math.Max(sessions.Floor, session.End);
        if (sessions.List.Count == 0)
        {
            _quiet.Enqueue(sessions, QuietUntil(sessions));
        }
    }

    // A key is held as long as a record below its floor would not be expired by itself, so that it is refused.
    private long QuietUntil(CappedSessions<TKey, TAcc, TOut> sessions) =>
        TickMath.Add(TickMath.Add(sessions.Floor - 1, _cut.LongestAlone), Options.LatenessTicks);

    private void ForgetQuietKeys()
    {
        while (_quiet.TryPeek(out CappedSessions<TKey, TAcc, TOut>? sessions, out long time) && time <= Watermark)
        {
            _quiet.Dequeue();
            if (!sessions.IsGone && sessions.List.Count == 0 && QuietUntil(sessions) <= Watermark)
            {
                sessions.IsGone = true;
                _keys.RemoveAt(_keys.Find(sessions.Key, (uint)sessions.Hash));
            }
        }
    }

    private void Report(Exception exception, KeyedBatch<TKey, TIn> batch, int at) =>
        Report(exception, batch.Keys[at], batch.Records.Timestamps[at], batch.Records.Values[at]);

    private IEnumerable<CappedSession<TKey, TAcc, TOut>> AllSessions()
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
