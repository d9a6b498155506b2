using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Lets records out by event time, each when the watermark has passed it.</summary>
internal sealed class EventOrderOperator<TKey, T>(
    int limit,
    Receiver<Batch<T>> next,
    Receiver<Batch<Late<T>>>? late,
    OperatorContext context) : OrderingOperator<TKey, T, HeldRecord<T>>(limit, next, late, context)
{
    public override string StateKind => "order";

    public override void Declare(StateNeeds needs) => needs.Add<T>();

    protected override void Take(KeyedBatch<TKey, T> batch, int at)
    {
        Batch<T> records = batch.Records;
        long timestamp = records.Timestamps[at];
        if (timestamp < Watermark)
        {
            // Its place in the order has gone out.
            LateRecords.Emit(timestamp, records.Values[at], Watermark, records.LateCause);
        }
        else
        {
            Hold(batch, at, new HeldRecord<T>(records.Values[at], KeyGroups.GroupOf(batch.Hashes[at])));
        }
    }

    protected override void Release(long timestamp, in HeldRecord<T> held) => Results.Emit(timestamp, held.Value);

    protected override int GroupOf(in HeldRecord<T> held) => held.Group;

    protected override void Write(ref StateWriter writer, in HeldRecord<T> held) => writer.Value(held.Value);

    protected override HeldRecord<T> Read(ref StateReader reader, int group) => new(reader.Value<T>(), group);
}
