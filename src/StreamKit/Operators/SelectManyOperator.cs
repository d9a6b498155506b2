using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>Turns each record into any number of others with the same timestamp.</summary>
internal sealed class SelectManyOperator<TIn, TOut> : Receiver<Batch<TIn>>
{
    // How many records ahead the memory of what is read next is asked for.
    private const int Ahead = 8;

    private readonly Func<TIn, IEnumerable<TOut>?> _selector;
    private readonly OperatorContext _context;
    private readonly Emitter<TOut> _emitter;

    // Code that is shared among types has to look its own up; an array of the type says it, too.
    private readonly TOut[] _none = [];
    private Batch<TIn>? _input;
    private int _at;
    private IEnumerator<TOut>? _open;

    public SelectManyOperator(
        Func<TIn, IEnumerable<TOut>?> selector,
        Receiver<Batch<TOut>> next,
        OperatorContext context)
    {
        _selector = selector;
        _context = context;
        _emitter = new Emitter<TOut>(next, context.BatchSize, context.Counters);
    }

    public override long NextTimer => _emitter.NextTimer;

    public override bool HoldsNothing => _input is null && _emitter.HoldsNothing;

    public override bool OnBatch(Batch<TIn> batch)
    {
        _context.Counters.RecordsIn += batch.Count;
        (_input, _at) = (batch, 0);
        _emitter.Follow(batch);
        return Continue();
    }

    public override bool OnSignal(Signal signal)
    {
        _emitter.Push(signal);
        return !_emitter.IsBlocked;
    }

    public override bool Resume() => _emitter.Resume() && Continue();

    private bool Continue()
    {
        if (_input is not { } input)
        {
            return true;
        }

        while (!Expand(input))
        {
            _at++;
        }

        if (_at < input.Count)
        {
            return false;
        }

        _input = null;
        input.Return();
        _emitter.Flush();
        return !_emitter.IsBlocked;
    }

    // Stops between two results when the next receiver cannot take more; false when the record at hand failed.
    private bool Expand(Batch<TIn> input)
    {
        try
        {
            while (_at < input.Count && !_emitter.IsBlocked)
            {
                _open ??= ExpandWhole(input);
                if (_open is null || !EmitAll(_open, input.Timestamps[_at]))
                {
                    break;
                }

                Close();
                _at++;
            }

            return true;
        }
        catch (Exception exception) when (exception is not StreamException)
        {
            // A stream exception comes from an operator further down, which has told its own name already.
            _context.Report(CloseAfter(exception), input.Values[_at], input.Timestamps[_at]);
            return false;
        }
    }

    // Expands records whose results can be emitted as a whole, to the end, until the output is blocked, or up to one
    // whose results must be enumerated. Apart from the handler, because the JIT keeps in memory what one could look at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private IEnumerator<TOut>? ExpandWhole(Batch<TIn> input)
    {
        ref TIn values = ref MemoryMarshal.GetArrayDataReference(input.Values);
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(input.Timestamps);
        int last = input.Count - 1;
        Batch<TOut>? output = null;
        for (int i = _at; i <= last; i++)
        {
            _at = i;
            Prefetch.Target(ref Unsafe.Add(ref values, Math.Min(i + Ahead, last)));
            IEnumerable<TOut>? results = _selector(Unsafe.Add(ref values, i));
            if (results is null)
            {
                continue;
            }

            // Comparing the exact type is much cheaper than asking whether it can be cast.
            ReadOnlySpan<TOut> whole;
            if (results.GetType() == _none.GetType())
            {
                whole = Unsafe.As<TOut[]>(results);
            }
            else if (results.GetType() == typeof(List<TOut>))
            {
                whole = CollectionsMarshal.AsSpan(Unsafe.As<List<TOut>>(results));
            }
            else
            {
                return results.GetEnumerator();
            }

            output ??= _emitter.Current;
            if (whole.Length < output.Capacity - output.Count)
            {
                output.Add(Unsafe.Add(ref timestamps, i), whole);
            }
            else
            {
                output = null;
                _emitter.Emit(Unsafe.Add(ref timestamps, i), whole);
                if (_emitter.IsBlocked)
                {
                    _at = i + 1;
                    return null;
                }
            }
        }

        _at = last + 1;
        return null;
    }

    private bool EmitAll(IEnumerator<TOut> values, long timestamp)
    {
        while (values.MoveNext())
        {
            _emitter.Emit(timestamp, values.Current);
            if (_emitter.IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    private void Close()
    {
        IEnumerator<TOut>? ended = _open;
        _open = null;
        ended?.Dispose();
    }

    private Exception CloseAfter(Exception exception)
    {
        try
        {
            Close();
            return exception;
        }
        catch (Exception second)
        {
            return new AggregateException(exception, second);
        }
    }
}
