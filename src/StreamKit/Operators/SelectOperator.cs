using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Turns each record, or each that satisfies a predicate, into another one with the same timestamp.</summary>
/// <remarks>Steps that follow each other become one operator, so that what is between them is never written.</remarks>
internal sealed class SelectOperator<TIn, TOut> : Operator<Batch<TIn>, Batch<TOut>>, IFusable<TIn>
{
    private readonly Func<TIn, bool>? _predicate;
    private readonly OperatorContext? _predicateContext;
    private readonly Func<TIn, TOut> _selector;
    private readonly FusedStep[] _steps;
    private readonly Receiver<Batch<TOut>> _next;
    private readonly BatchPool<TOut> _pool;

    // The record that a delegate is being asked about and the one that the selector was asked about last, for whoever
    // catches what they throw; and how many are kept.
    private int _at;
    private int _selecting;
    private int _kept;

    public SelectOperator(Func<TIn, TOut> selector, Receiver<Batch<TOut>> next, OperatorContext context)
        : this(null, null, selector, [new FusedStep(context)], next)
    {
    }

    private SelectOperator(
        Func<TIn, bool>? predicate,
        OperatorContext? predicateContext,
        Func<TIn, TOut> selector,
        FusedStep[] steps,
        Receiver<Batch<TOut>> next)
        : base(next, steps[0].Context)
    {
        (_predicate, _predicateContext) = (predicate, predicateContext);
        (_selector, _steps) = (selector, steps);
        _next = next;
        _pool = new BatchPool<TOut>(Context.BatchSize);
    }

    public Receiver<Batch<TIn>>? Behind(Func<TIn, bool> predicate, OperatorContext context) =>
        _predicate is null ? new SelectOperator<TIn, TOut>(predicate, context, _selector, _steps, _next) : null;

    public Receiver<Batch<TBefore>>? Behind<TBefore>(Func<TBefore, TIn> selector, OperatorContext context) =>
        _predicate is null
            ? new SelectOperator<TBefore, TOut>(
                null,
                null,
                new Composition<TBefore, TIn, TOut>(selector, _selector, Context).Invoke,
                [new FusedStep(context), .. _steps],
                _next)
            : null;

    public override bool OnBatch(Batch<TIn> batch)
    {
        int count = batch.Count;
        Batch<TOut> output = _pool.Rent();
        (_at, _selecting, _kept) = (0, -1, 0);
        while (_at < batch.Count)
        {
            try
            {
                if (_predicate is { } predicate)
                {
                    FilterRest(predicate, batch, output.Values);
                }
                else
                {
                    MapRest(batch, output.Values);
                }
            }
            catch (Exception exception)
            {
                Report(exception, batch);
                batch.RemoveAt(_at);
            }
        }

        int kept = _predicate is null ? batch.Count : _kept;
        Count(count, kept);
        if (kept == 0)
        {
            batch.Return();
            output.Return();
            return true;
        }

        output.SetCount(kept);
        output.TakeTimestamps(batch);
        batch.Return();
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FilterRest(Func<TIn, bool> predicate, Batch<TIn> batch, TOut[] results)
    {
        ref TIn value = ref MemoryMarshal.GetArrayDataReference(batch.Values);
        ref long timestamp = ref MemoryMarshal.GetArrayDataReference(batch.Timestamps);
        ref TOut result = ref MemoryMarshal.GetArrayDataReference(results);
        int count = batch.Count;
        int kept = _kept;
        for (int i = _at; i < count; i++)
        {
            _at = i;
            if (predicate(Unsafe.Add(ref value, i)))
            {
                _selecting = i;
                Unsafe.Add(ref result, kept) = _selector(Unsafe.Add(ref value, i));
                Unsafe.Add(ref timestamp, kept) = Unsafe.Add(ref timestamp, i);
                _kept = ++kept;
            }
        }

        _at = count;
    }

    private void Report(Exception exception, Batch<TIn> batch)
    {
        long timestamp = batch.Timestamps[_at];
        if (exception is StepFailedException failed)
        {
            _steps.Single(step => step.Context == failed.Context).Failed++;
            failed.Context.Report(failed.Cause, failed.Record, timestamp);
        }
        else if (_predicateContext is { } context && _selecting != _at)
        {
            context.Report(exception, batch.Values[_at], timestamp);
        }
        else
        {
            _steps[0].Failed++;
            Context.Report(exception, batch.Values[_at], timestamp);
        }

        // The next record takes its place.
        _selecting = -1;
    }

    private void Count(int came, int kept)
    {
        int count = kept;
        foreach (FusedStep step in _steps)
        {
            count += step.Failed;
        }

        if (_predicateContext is { } where)
        {
            where.Counters.RecordsIn += came;
            where.Counters.RecordsOut += count;
        }

        foreach (FusedStep step in _steps)
        {
            step.Context.Counters.RecordsIn += count;
            count -= step.Failed;
            step.Context.Counters.RecordsOut += count;
            step.Failed = 0;
        }
    }
}
