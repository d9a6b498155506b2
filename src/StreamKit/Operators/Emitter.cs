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

    public bool IsBlocked => _output.IsBlocked;

    public long NextTimer => _output.NextTimer;

    public bool HoldsNothing => _current is null && _output.HoldsNothing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(long timestamp, T value)
    {
        Batch<T> batch = _current ??= _pool.Rent();
        batch.Add(timestamp, value);
        if (batch.IsFull)
        {
            Flush();
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
}
