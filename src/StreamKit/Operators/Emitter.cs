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
    private LateCause _lateCause;

    public bool IsBlocked => _output.IsBlocked;

    public long NextTimer => _output.NextTimer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(long timestamp, T value)
    {
        Batch<T> batch = _current ?? Start();
        batch.Add(timestamp, value);
        if (batch.IsFull)
        {
            Flush();
        }
    }

    /// <summary>Says where the next records come from; a batch is from one split and late for one cause.</summary>
    public void From(int split, LateCause lateCause)
    {
        if (_split != split || _lateCause != lateCause)
        {
            Flush();
            (_split, _lateCause) = (split, lateCause);
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

    private Batch<T> Start()
    {
        Batch<T> batch = _pool.Rent();
        (batch.Split, batch.LateCause) = (_split, _lateCause);
        _current = batch;
        return batch;
    }
}
