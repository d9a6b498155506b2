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

    public bool HoldsNothing => _current is null && _output.HoldsNothing;

    /// <summary>Says of which split the next records are, and why they are late where they are.</summary>
    public void Follow<TIn>(Batch<TIn> origin)
    {
        (_split, _cause) = (origin.Split, origin.LateCause);
        if (_current is { } batch && (batch.Split != _split || batch.LateCause != _cause))
        {
            Flush();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(long timestamp, T value)
    {
        Batch<T> batch = _current ??= Rent();
        batch.Add(timestamp, value);
        if (batch.IsFull)
        {
            Flush();
        }
    }

    /// <summary>Emits records that have one timestamp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(long timestamp, ReadOnlySpan<T> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        Batch<T> batch = _current ??= Rent();
        if (values.Length < batch.Capacity - batch.Count)
        {
            batch.Add(timestamp, values);
        }
        else
        {
            EmitAcross(timestamp, values);
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
        if (_current is { } batch)
        {
            _current = null;
            counters.RecordsOut += batch.Count;
            _output.Push(batch);
        }
    }

    public bool Resume() => _output.Resume();

    private void EmitAcross(long timestamp, ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            Emit(timestamp, value);
        }
    }

    private Batch<T> Rent()
    {
        Batch<T> batch = _pool.Rent();
        (batch.Split, batch.LateCause) = (_split, _cause);
        return batch;
    }
}
