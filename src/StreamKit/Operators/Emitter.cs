using System.Runtime.CompilerServices;
using StreamKit.Diagnostics;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>An output that is filled record by record.</summary>
internal sealed class Emitter<T>(Receiver<Batch<T>> next, int batchSize, OperatorCounters counters)
{
    private readonly Output<Batch<T>> _output = new(next);
    private readonly BatchPool<T> _pool = new(batchSize);
    private Batch<T>? _current;
    private int _split;
    private LateCause _cause;

    public bool IsBlocked => _output.IsBlocked;

    public long NextTimer => _output.NextTimer;

    public bool HoldsNothing => _current is not { Count: > 0 } && _output.HoldsNothing;

    /// <summary>The batch that is being filled, for whoever adds less than there is room for.</summary>
    public Batch<T> Current => _current ??= Rent();

    /// <summary>Says of which split the next records are, and why they are late where they are.</summary>
    public void Follow<TIn>(Batch<TIn> origin)
    {
        (_split, _cause) = (origin.Split, origin.LateCause);
        if (_current is { } batch && (batch.Split != _split || batch.LateCause != _cause))
        {
            Flush();
            if (_current is { } empty)
            {
                (empty.Split, empty.LateCause) = (_split, _cause);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(long timestamp, T value)
    {
        Batch<T> batch = Current;
        batch.Add(timestamp, value);
        if (batch.IsFull)
        {
            Flush();
        }
    }

    /// <summary>Emits records that have one timestamp, also more than one batch holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Emit(long timestamp, ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            Emit(timestamp, value);
        }
    }

    /// <summary>Hands over what was emitted, then a signal.</summary>
    public void Push(Signal signal)
    {
        Flush();
        _output.Push(signal);
    }

    /// <summary>Hands over what was emitted.</summary>
    public void Flush()
    {
        if (_current is { Count: > 0 } batch)
        {
            _current = null;
            counters.RecordsOut += batch.Count;
            _output.Push(batch);
        }
    }

    public bool Resume() => _output.Resume();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Batch<T> Rent()
    {
        Batch<T> batch = _pool.Rent();
        (batch.Split, batch.LateCause) = (_split, _cause);
        return batch;
    }
}
