using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Turns each record into another one with the same timestamp.</summary>
internal sealed class SelectOperator<TIn, TOut>(
    Func<TIn, TOut> selector, Receiver<Batch<TOut>> next, OperatorContext context)
    : Operator<Batch<TIn>, Batch<TOut>>(next, context)
{
    private readonly Func<TIn, TOut> _selector = selector;
    private readonly BatchPool<TOut> _pool = new(context.BatchSize);

    // The record that the selector is being asked about, for whoever catches what it throws.
    private int _at;

    public override bool OnBatch(Batch<TIn> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        Batch<TOut> output = _pool.Rent();
        _at = 0;
        while (_at < batch.Count)
        {
            try
            {
                MapRest(batch, output.Values);
            }
            catch (Exception exception)
            {
                Context.Report(exception, batch.Values[_at], batch.Timestamps[_at]);
                batch.RemoveAt(_at);
            }
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

    // Apart from the handler, because the JIT keeps in memory what one could look at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MapRest(Batch<TIn> batch, TOut[] results)
    {
        // The arrays are exactly of these types, so storing needs no check.
        ref TIn value = ref MemoryMarshal.GetArrayDataReference(batch.Values);
        ref TOut result = ref MemoryMarshal.GetArrayDataReference(results);
        int count = batch.Count;
        for (int i = _at; i < count; i++)
        {
            _at = i;
            Unsafe.Add(ref result, i) = _selector(Unsafe.Add(ref value, i));
        }

        _at = count;
    }
}
