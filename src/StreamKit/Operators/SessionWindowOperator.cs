using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
/// Lateness is judged on the merged session. The common record extends the only session of its key, which costs a
/// probe and the aggregator; when the session is due is looked at again when it was due before.
/// </remarks>
internal sealed partial class SessionWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    : WindowOperator<TKey, TIn, TAcc, TOut, TAggregator>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    // How many sessions are looked for at once: what is known of so many stays in the nearest cache.
    private const int Ahead = 128;

    private const int None = SessionStore<TKey, TAcc, TOut>.None;

    private readonly long _gap;
    private readonly bool _careful;
    private readonly SessionStore<TKey, TAcc, TOut> _sessions;
    private readonly DueSessions<TKey, TAcc, TOut> _due;
    private readonly Queue<int> _early = new();
    private KeyedBatch<TKey, TIn>? _batch;
    private int _at;
    private readonly int[] _ids = new int[Ahead];
    private int _resolvedFrom;
    private int _resolvedTo;
    private int _resolvedAt;

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
        context.Remember(this);
    }

    public override bool IsEmpty => _sessions.Count == 0;

    public override long NextDue => _due.Next;

    protected override void StartRecords(KeyedBatch<TKey, TIn> batch) =>
        (_batch, _at, _resolvedTo) = (batch, 0, 0);

    protected override bool AddRecords()
    {
        KeyedBatch<TKey, TIn> batch = _batch!; // Set by StartRecords.
        while (_at < batch.Count)
        {
            if (!_careful)
            {
                ExtendRun(batch);
                if (_at == batch.Count)
                {
                    break;
                }
            }

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

    private void ExtendRun(KeyedBatch<TKey, TIn> batch)
    {
        try
        {
            Extend(batch);
        }
        catch (Exception exception)
        {
            Report(exception, batch.Keys[_at], batch.Records.Timestamps[_at], batch.Records.Values[_at]);
            throw; // The policy is to fail, or this way would not have been taken.
        }
    }

    // Adds records as long as each lies in the first session of its key, or extends it where it is the only one, as
    // most do. The columns are as long as the batch says, so references take the place of checked indexing.
    private void Extend(KeyedBatch<TKey, TIn> batch)
    {
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Records.Timestamps);
        ref TIn values = ref MemoryMarshal.GetArrayDataReference(batch.Records.Values);
        ref TKey keys = ref MemoryMarshal.GetArrayDataReference(batch.Keys);
        TAggregator aggregator = Aggregator;
        long gap = _gap;
        int count = batch.Count;
        while (_at < count)
        {
            int end = Resolve(batch);
            ref int ids = ref MemoryMarshal.GetArrayDataReference(_ids);
            for (int i = _at; i < end; i++)
            {
                _at = i;
                int id = Unsafe.Add(ref ids, i - _resolvedFrom);
                ref Session<TKey, TAcc> session = ref _sessions.At(id);
                long timestamp = Unsafe.Add(ref timestamps, i);
                long last = timestamp + gap;
                if (timestamp < session.Start
                    || timestamp >= session.End
                    || session.IsComplete
                    || session.Next != None
                    || !KeyTable<TKey, int>.SameKey(session.Key, Unsafe.Add(ref keys, i))
                    || last < timestamp)
                {
                    return;
                }

                aggregator.Add(ref session.Accumulator, in Unsafe.Add(ref values, i), timestamp);
                session.End = Math.Max(session.End, last);
            }

            _at = end;
        }
    }

    // Finds the sessions of the next records, unless that is done: several at once, so that their waits for memory
    // overlap. What was found holds until a session is removed; a session opened meanwhile is found too late, which
    // costs its record the way through Add.
    private int Resolve(KeyedBatch<TKey, TIn> batch)
    {
        if (_at >= _resolvedTo || _sessions.Removed != _resolvedAt)
        {
            _resolvedFrom = _at;
            _resolvedTo = Math.Min(_at + Ahead, batch.Count);
            _resolvedAt = _sessions.Removed;
            _sessions.FindLikely(batch.Hashes.AsSpan(_at, _resolvedTo - _at), _ids);
        }

        return _resolvedTo;
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
