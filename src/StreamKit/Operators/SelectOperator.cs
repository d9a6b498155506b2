using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Turns each record into another one with the same timestamp.</summary>
internal sealed class SelectOperator<TIn, TOut>(
    Func<TIn, TOut> selector, Receiver<Batch<TOut>> next, OperatorContext context)
    : Operator<Batch<TIn>, Batch<TOut>>(next, context)
{
    private readonly BatchPool<TOut> _pool = new(context.BatchSize);

    public override bool OnBatch(Batch<TIn> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        Batch<TOut> output = _pool.Rent();
        int at = 0;
        while (!Map(batch, output.Values, ref at))
        {
            batch.RemoveAt(at);
        }

        if (batch.Count == 0)
        {
            batch.Return();
            output.Return();
            return true;
        }

        output.SetCount(batch.Count);
        output.TakeTimestamps(batch);
        batch.Return();
        Context.Counters.RecordsOut += output.Count;
        Out.Push(output);
        return !Out.IsBlocked;
    }

    private bool Map(Batch<TIn> batch, TOut[] results, ref int at)
    {
        ReadOnlySpan<TIn> values = batch.Values.AsSpan(0, batch.Count);
        int i = at;
        try
        {
            for (; i < values.Length; i++)
            {
                // The array is exactly of this type, so storing needs no check.
                Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(results), i) = selector(values[i]);
            }

            return true;
        }
        catch (Exception exception)
        {
            Context.Report(exception, values[i], batch.Timestamps[i]);
            return false;
        }
        finally
        {
            at = i;
        }
    }
}
