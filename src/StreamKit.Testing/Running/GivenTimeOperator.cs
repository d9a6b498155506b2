using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Testing.Running;

/// <summary>Stands where a pipeline makes event time, and leaves the time that the test gave.</summary>
internal sealed class GivenTimeOperator<T>(
    Func<T, Timestamp> selector,
    Receiver<Batch<T>> next,
    OperatorContext context)
    : Operator<Batch<T>, Batch<T>>(next, context)
{
    public override bool OnBatch(Batch<T> batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch.Timestamps[i] == long.MinValue)
            {
                batch.Timestamps[i] = selector(batch.Values[i]).Ticks;
            }
        }

        Out.Push(batch);
        return !Out.IsBlocked;
    }
}
