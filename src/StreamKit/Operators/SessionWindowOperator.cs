using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Aggregates per key and session.</summary>
/// <remarks>
/// A record opens <c>[ts, ts + gap)</c>; sessions of one key that overlap are one, those that only touch are not.
/// Lateness is judged on the merged session. The common record extends the only session of its key, which costs a
/// probe and the aggregator; when the session is due is looked at again when it was due before.
/// </remarks>
internal sealed partial class SessionWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private const int None = SessionStore<TKey, TAcc, TOut>.None;

    private readonly long _gap;
    private readonly bool _careful;
    private readonly SessionStore<TKey, TAcc, TOut> _sessions;
    private readonly DueSessions<TKey, TAcc, TOut> _due;
    private readonly SessionFiller<TKey, TIn, TAcc, TOut, TAggregator> _filler;
    private readonly Queue<int> _early = new();
    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;

    public SessionWindowOperator(
        WindowOptions options,
        TAggregator aggregator,
        Receiver<Batch<WindowResult<TKey, TOut>>> next,
        Receiver<Batch<Late<TIn>>>? late,
        OperatorContext context)
        : base(options, aggregator, next, late, context)
    {
        _gap = ((SessionAssigner)options.Assigner).Gap;
        _careful = options.CanRepeat || context.GoesOnAfterErrors;
        _sessions = new(options.CanRepeat);
        _due = new(_sessions, _gap, options.LatenessTicks);
        _filler = new(aggregator, _sessions, _gap, context);
        context.Remember(this);
    }

    public override bool IsEmpty => _sessions.Count == 0;

    public override long NextDue => _due.Next;

    protected override void StartRecords(KeyedBatch<TKey, TIn> batch)
    {
        (_batch, _at) = (batch, 0);
        _filler.Start();
    }

    protected override bool AddRecords()
    {
        KeyedBatch<TKey, TIn> batch = _batch!; // Set by StartRecords.
        while (_at < batch.Count)
        {
            if (!_careful && (_at = _filler.Fill(batch, _at)) == batch.Count)
            {
                break;
            }

            Add(batch, _at++);
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
        while (_due.TryTake(Watermark, out int id))
        {
            if (_sessions.At(id).IsComplete)
            {
                _sessions.Remove(id);
                continue;
            }

            Complete(id);
            if (IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    protected override void StartEarly()
    {
        foreach (DueSession session in _sessions.All
            .Where(id => _sessions.At(id) is { IsDirty: true, IsComplete: false })
            .Select(_due.KeyOf).Order())
        {
            _early.Enqueue(session.Id);
        }
    }

    protected override bool FireEarly()
    {
        while (_early.TryDequeue(out int id))
        {
            Emit(id, PaneTiming.Early);
            if (IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    protected override void Count()
    {
        Context.Counters.OpenWindows = _sessions.Count;
        Context.Counters.Keys = _sessions.KeyCount;
        Context.Counters.StateBytes = _sessions.Bytes;
        Context.Counters.SetNext(long.MinValue, NextDue);
    }

    private void Add(KeyedBatch<TKey, TIn> batch, int at)
    {
        TKey key = batch.Keys[at];
        long timestamp = batch.Records.Timestamps[at];
        long start = timestamp, end = TickMath.Add(timestamp, _gap);
        long ownEnd = end;
        int first = _sessions.FirstOverlapping(key, batch.Hashes[at], start, end);
        for (int hit = first;
            hit != None && _sessions.At(hit).Overlaps(timestamp, ownEnd);
            hit = _sessions.At(hit).Next)
        {
            start = Math.Min(start, _sessions.At(hit).Start);
            end = Math.Max(end, _sessions.At(hit).End);
        }

        if (Watermark >= TickMath.Add(end, Options.LatenessTicks))
        {
            EmitLate(batch, at, [Window.OfTicks(timestamp, ownEnd)], acceptedByOthers: false);
            return;
        }

        // The aggregator runs before anything is merged, so a record that it refuses leaves no trace.
        TAcc alone = Aggregator.Create();
        ref TAcc target = ref first == None ? ref alone : ref _sessions.At(first).Accumulator;
        TAcc before = target;
        try
        {
            Aggregator.Add(ref target, in batch.Records.Values[at], timestamp);
        }
        catch (Exception exception)
        {
            target = before;
            Report(exception, key, timestamp, batch.Records.Values[at]);
            return;
        }

        int id = first;
        if (first == None)
        {
            id = _sessions.Open(key, batch.Hashes[at], start, end, in alone);
            _due.Enqueue(id);
        }
        else
        {
            Extend(id, timestamp, start, end);
        }

        _sessions.At(id).IsDirty = true;
        ContentChanged();
        if (Watermark >= _sessions.At(id).End)
        {
            EmitLatePane(id);
        }
    }

    // Grows a session over the record and over the sessions that it now reaches, which are absorbed in start order.
    private void Extend(int id, long timestamp, long start, long end)
    {
        ref Session<TKey, TAcc> session = ref _sessions.At(id);
        if (start >= session.Start && end <= session.End)
        {
            return;
        }

        Retract(id);
        while (session.Next != None && _sessions.At(session.Next).Overlaps(timestamp, TickMath.Add(timestamp, _gap)))
        {
            Retract(session.Next);
            Merge(ref session, in _sessions.At(session.Next));
            ref long order = ref _sessions.TurnOf(id).Order;
            order = Math.Min(order, _sessions.TurnOf(session.Next).Order);
            _sessions.RemoveNext(id);
        }

        // Other bounds are another window: its panes count anew, and it completes anew if its end is still to come.
        (session.Start, session.End) = (start, end);
        _sessions.PanesOf(id) = default;
        session.IsComplete = false;
        _due.Enqueue(id);
    }

    // Two sessions whose contents cannot be merged are one session all the same; what the later held is reported.
    private void Merge(ref Session<TKey, TAcc> into, in Session<TKey, TAcc> from)
    {
        TAcc before = into.Accumulator;
        try
        {
            Aggregator.Merge(ref into.Accumulator, in from.Accumulator);
        }
        catch (Exception exception)
        {
            into.Accumulator = before;
            Report(exception, from.Key, Window.OfTicks(from.Start, from.End).MaxTimestamp.Ticks);
        }
    }

    private void Retract(int id)
    {
        ref Session<TKey, TAcc> session = ref _sessions.At(id);
        PaneTiming timing = session.IsComplete ? PaneTiming.Late : PaneTiming.Early;
        RetractPane(ref _sessions.PanesOf(id), session.Key, Window.OfTicks(session.Start, session.End), timing);
    }

    private void EmitLatePane(int id)
    {
        ref Session<TKey, TAcc> session = ref _sessions.At(id);
        if (!session.IsComplete)
        {
            session.IsComplete = true;
            _due.Enqueue(id);
        }

        Emit(id, PaneTiming.Late);
    }

    private void Complete(int id)
    {
        ref Session<TKey, TAcc> session = ref _sessions.At(id);
        session.IsComplete = true;
        bool empty = Options.Mode == PaneMode.Discarding && !session.IsDirty;
        if (!empty)
        {
            Emit(id, PaneTiming.OnTime);
        }

        if (Watermark >= _due.TimeOf(in session))
        {
            _sessions.Remove(id);
        }
        else
        {
            _due.Enqueue(id);
        }
    }

    private void Emit(int id, PaneTiming timing)
    {
        ref Session<TKey, TAcc> session = ref _sessions.At(id);
        session.IsDirty = false;
        var window = Window.OfTicks(session.Start, session.End);
        try
        {
            TOut result = Aggregator.Result(in session.Accumulator);
            EmitPane(ref _sessions.PanesOf(id), session.Key, window, result, timing);
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            Report(exception, session.Key, window.MaxTimestamp.Ticks);
        }

        if (Options.Mode == PaneMode.Discarding)
        {
            session.Accumulator = Aggregator.Create();
        }
    }
}
