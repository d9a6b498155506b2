using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Passes records whose id was not passed less than a span of event time away.</summary>
/// <remarks>
/// Either each record waits until the watermark has passed it, and the first in event time goes through; or each is
/// judged when it comes. A record that is behind the watermark, by no more than the span, is judged at once in both
/// cases: all that was passed near it is still known.
/// </remarks>
internal sealed class DistinctOperator<TId, T> : OrderingOperator<TId, T, HeldId<TId, T>>
{
    private readonly PassedIds<TId> _passed;
    private readonly SavedKeys<TId> _ids;
    private readonly long _within;
    private readonly bool _waits;

    /// <param name="within">The span, in ticks.</param>
    /// <param name="limit">How many records may wait; null: none waits.</param>
    /// <param name="next">The next receiver.</param>
    /// <param name="late">What takes records that cannot be judged any more; null: they are counted only.</param>
    /// <param name="context">The surroundings.</param>
    public DistinctOperator(
        long within,
        int? limit,
        Receiver<Batch<T>> next,
        Receiver<Batch<Late<T>>>? late,
        OperatorContext context)
        : base(limit ?? 0, next, late, context)
    {
        _within = within;
        _waits = limit is not null;
        _ids = new SavedKeys<TId>(context.HashSeed);
        _passed = new PassedIds<TId>(within, context.HashSeed);
        context.Remember(_passed, "passed");
    }

    public override string StateKind => "distinct";

    public override bool HoldsNothing => _passed.Count == 0 && base.HoldsNothing;

    public override void Declare(StateNeeds needs)
    {
        needs.Add<TId>();
        needs.Add<T>();
    }

    protected override void Take(KeyedBatch<TId, T> batch, int at)
    {
        Batch<T> records = batch.Records;
        long timestamp = records.Timestamps[at];
        if (timestamp < TickMath.Add(Watermark, -_within))
        {
            LateRecords.Emit(timestamp, records.Values[at], Watermark, records.LateCause);
            return;
        }

        var held = new HeldId<TId, T>(records.Values[at], batch.Keys[at], batch.Hashes[at]);
        if (_waits && timestamp >= Watermark)
        {
            Hold(batch, at, in held);
        }
        else
        {
            Release(timestamp, in held);
        }
    }

    protected override void Release(long timestamp, in HeldId<TId, T> held)
    {
        if (_passed.TryPass(held.Id, held.Hash, timestamp))
        {
            Results.Emit(timestamp, held.Value);
        }
        else
        {
            Context.Counters.DuplicateRecords++;
        }
    }

    protected override int GroupOf(in HeldId<TId, T> held) => KeyGroups.GroupOf(held.Hash);

    protected override void Write(ref StateWriter writer, in HeldId<TId, T> held)
    {
        writer.Value(held.Id);
        writer.Value(held.Value);
    }

    protected override HeldId<TId, T> Read(ref StateReader reader, int group)
    {
        TId id = _ids.Read(ref reader, reader.Schema<TId>(), group, out ulong hash);
        return new HeldId<TId, T>(reader.Value<T>(), id, hash);
    }

    protected override void Forget()
    {
        _passed.Forget(Watermark);
        Context.Counters.Keys = _passed.Count;
    }
}
