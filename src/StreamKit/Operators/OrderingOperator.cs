using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// What operators have in common that hold records until the watermark has passed them, and then let them out by event
/// time: the round of a watermark can stop between two records.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="T">The type of the records.</typeparam>
/// <typeparam name="THeld">What is held of a record.</typeparam>
internal abstract class OrderingOperator<TKey, T, THeld> : Receiver<KeyedBatch<TKey, T>>, IStateful
{
    private readonly EventOrder<THeld> _order = new();
    private readonly int _limit;
    private Signal? _round;

    protected OrderingOperator(
        int limit, Receiver<Batch<T>> next, Receiver<Batch<Late<T>>>? late, OperatorContext context)
    {
        _limit = limit;
        Context = context;
        Results = new Emitter<T>(next, context.BatchSize, context.Counters);
        LateRecords = new LateOutput<T>(late, context);
        context.Remember(this);
    }

    public override long NextTimer => Math.Min(Results.NextTimer, LateRecords.NextTimer);

    public override bool HoldsNothing =>
        _order.Count == 0 && _round is null && Results.HoldsNothing && LateRecords.HoldsNothing;

    public abstract string StateKind { get; }

    protected OperatorContext Context { get; }

    protected Emitter<T> Results { get; }

    protected LateOutput<T> LateRecords { get; }

    protected long Watermark { get; private set; } = long.MinValue;

    private bool IsBlocked => Results.IsBlocked || LateRecords.IsBlocked;

    public override bool OnBatch(KeyedBatch<TKey, T> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        Results.Follow(batch.Records);
        for (int i = 0; i < batch.Count; i++)
        {
            Take(batch, i);
        }

        batch.Return();
        Results.Flush();
        LateRecords.Flush();
        return !IsBlocked;
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind == SignalKind.Watermark && signal.Value > Watermark)
        {
            Watermark = signal.Value;
            Context.Counters.Watermark = signal.Value;
            _round = signal;
            return Continue();
        }

        return PushSignal(signal);
    }

    public override bool Resume()
    {
        bool drained = Results.Resume();
        drained &= LateRecords.Resume();
        return drained && Continue();
    }

    public abstract void Declare(StateNeeds needs);

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        own.Write(Watermark);
        own.Flush();
        long number = 0;
        foreach ((long timestamp, THeld held) in _order.Items)
        {
            StateWriter writer = snapshot.GroupOf(GroupOf(in held));
            writer.Write(timestamp);
            writer.Write(number++);
            Write(ref writer, in held);
            writer.Flush();
        }
    }

    public void Restore(OperatorState state)
    {
        Watermark = state.Parts.Min(static part => part.Own().ReadInt64());
        Context.Counters.Watermark = Watermark;
        var items = new List<(long Timestamp, long Number, THeld Held)>();
        state.ReadGroups((ref StateReader reader, int group) =>
            items.Add((reader.ReadInt64(), reader.ReadInt64(), Read(ref reader, group))));
        foreach ((long timestamp, _, THeld held) in items
            .OrderBy(static item => item.Timestamp).ThenBy(static item => item.Number))
        {
            _order.Add(timestamp, held);
        }
    }

    /// <summary>Decides about a record that comes.</summary>
    protected abstract void Take(KeyedBatch<TKey, T> batch, int at);

    /// <summary>Lets a record out whose turn has come.</summary>
    protected abstract void Release(long timestamp, in THeld held);

    /// <summary>The group of the key of what is held.</summary>
    protected abstract int GroupOf(in THeld held);

    protected abstract void Write(ref StateWriter writer, in THeld held);

    protected abstract THeld Read(ref StateReader reader, int group);

    /// <summary>Removes what the watermark makes needless, after all before it was let out.</summary>
    protected virtual void Forget()
    {
    }

    /// <summary>Holds a record until the watermark has passed it.</summary>
    protected void Hold(KeyedBatch<TKey, T> batch, int at, in THeld held)
    {
        long timestamp = batch.Records.Timestamps[at];
        if (_order.Count < _limit)
        {
            _order.Add(timestamp, held);
            return;
        }

        Context.Report(
            new InvalidOperationException(
                $"'{Context.Name}' holds {_limit} records already, as many as maxRecords allows, and waits for the "
                + $"watermark, which stands at {new Timestamp(Watermark)}. A silent input may hold it back "
                + "(WithIdleness), or the bound on disorder is long for so many records: raise maxRecords then."),
            batch.Records.Values[at],
            timestamp,
            batch.Keys[at]?.ToString());
    }

    private bool Continue()
    {
        if (_round is not { } signal)
        {
            return !IsBlocked;
        }

        while (_order.TryTakeBefore(signal.Value, out long timestamp, out THeld held))
        {
            Release(timestamp, in held);
            if (IsBlocked)
            {
                return false;
            }
        }

        _round = null;
        Forget();
        return PushSignal(signal);
    }

    private bool PushSignal(Signal signal)
    {
        Results.Push(signal);
        LateRecords.Push(signal);
        return !IsBlocked;
    }
}
