using StreamKit.Records;
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
internal abstract class OrderingOperator<TKey, T, THeld>(
    int limit,
    Receiver<Batch<T>> next,
    Receiver<Batch<Late<T>>>? late,
    OperatorContext context) : Receiver<KeyedBatch<TKey, T>>
{
    private readonly EventOrder<THeld> _order = new();
    private Signal? _round;

    public override long NextTimer => Math.Min(Results.NextTimer, LateRecords.NextTimer);

    public override bool HoldsNothing =>
        _order.Count == 0 && _round is null && Results.HoldsNothing && LateRecords.HoldsNothing;

    protected OperatorContext Context { get; } = context;

    protected Emitter<T> Results { get; } = new(next, context.BatchSize, context.Counters);

    protected LateOutput<T> LateRecords { get; } = new(late, context);

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

    /// <summary>Decides about a record that comes.</summary>
    protected abstract void Take(KeyedBatch<TKey, T> batch, int at);

    /// <summary>Lets a record out whose turn has come.</summary>
    protected abstract void Release(long timestamp, in THeld held);

    /// <summary>Removes what the watermark makes needless, after all before it was let out.</summary>
    protected virtual void Forget()
    {
    }

    /// <summary>Holds a record until the watermark has passed it.</summary>
    protected void Hold(KeyedBatch<TKey, T> batch, int at, in THeld held)
    {
        long timestamp = batch.Records.Timestamps[at];
        if (_order.Count < limit)
        {
            _order.Add(timestamp, held);
            return;
        }

        Context.Report(
            new InvalidOperationException(
                $"'{Context.Name}' holds {limit} records already, as many as maxRecords allows, and waits for the "
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
