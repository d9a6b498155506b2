using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Passes on the records that satisfy a predicate; timestamps and signals are untouched.</summary>
internal sealed class WhereOperator<T>(Func<T, bool> predicate, Receiver<Batch<T>> next, OperatorContext context)
    : Operator<Batch<T>, Batch<T>>(next, context)
{
    private readonly Func<T, bool> _predicate = predicate;

    // The record that the predicate is being asked about, for whoever catches what it throws, and how many are kept.
    private int _at;
    private int _kept;

    public override bool OnBatch(Batch<T> batch)
    {
        Context.Counters.RecordsIn += batch.Count;
        (_at, _kept) = (0, 0);
        while (_at < batch.Count)
        {
            try
            {
                FilterRest(batch);
            }
            catch (Exception exception)
            {
                Context.Report(exception, batch.Values[_at], batch.Timestamps[_at]);
                _at++;
            }
        }

        batch.SetCount(_kept);
        Context.Counters.RecordsOut += _kept;
        if (_kept == 0)
        {
            batch.Return();
            return true;
        }

        Out.Push(batch);
        return !Out.IsBlocked;
    }

    // Moves what is kept to the front of the same columns. Apart from the handler, because the JIT keeps in memory what
    // one could look at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FilterRest(Batch<T> batch)
    {
        // The array is exactly of this type, so storing needs no check.
        ref T values = ref MemoryMarshal.GetArrayDataReference(batch.Values);
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Timestamps);
        int count = batch.Count;
        for (int i = _at; i < count; i++)
        {
            _at = i;
            ref T value = ref Unsafe.Add(ref values, i);
            if (_predicate(value))
            {
                int kept = _kept;
                Unsafe.Add(ref values, kept) = value;
                Unsafe.Add(ref timestamps, kept) = Unsafe.Add(ref timestamps, i);
                _kept = kept + 1;
            }
        }

        _at = count;
    }
}
