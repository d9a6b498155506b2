using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Passes on the records that satisfy a predicate; timestamps and signals are untouched.</summary>
internal sealed class WhereOperator<T>(Func<T, bool> predicate, Receiver<Batch<T>> next, OperatorContext context)
    : Operator<Batch<T>, Batch<T>>(next, context)
{
    public override bool OnBatch(Batch<T> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        int kept = 0, at = 0;
        while (!Filter(batch, ref at, ref kept))
        {
            at++;
        }

        batch.SetCount(kept);
        Context.Counters.RecordsOut += kept;
        if (kept == 0)
        {
            batch.Return();
            return true;
        }

        Out.Push(batch);
        return !Out.IsBlocked;
    }

    // Moves what is kept to the front of the same columns; false when the record at hand failed.
    private bool Filter(Batch<T> batch, ref int at, ref int kept)
    {
        T[] values = batch.Values;
        long[] timestamps = batch.Timestamps;
        int count = batch.Count, i = at, k = kept;
        try
        {
            for (; i < count; i++)
            {
                T value = values[i];
                if (predicate(value))
                {
                    // The array is exactly of this type, so storing needs no check.
                    Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), k) = value;
                    timestamps[k] = timestamps[i];
                    k++;
                }
            }

            return true;
        }
        catch (Exception exception)
        {
            Context.Report(exception, values[i], timestamps[i]);
            return false;
        }
        finally
        {
            (at, kept) = (i, k);
        }
    }
}
