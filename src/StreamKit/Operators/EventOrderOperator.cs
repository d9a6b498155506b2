using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Lets records out by event time, each when the watermark has passed it.</summary>
internal sealed class EventOrderOperator<TKey, T>(
    int limit,
    Receiver<Batch<T>> next,
    Receiver<Batch<Late<T>>>? late,
    OperatorContext context) : OrderingOperator<TKey, T, T>(limit, next, late, context)
{
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
            Hold(batch, at, in records.Values[at]);
        }
    }

    protected override void Release(long timestamp, in T held) => Results.Emit(timestamp, held);
}
