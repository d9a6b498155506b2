using System.Runtime.CompilerServices;
using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>The way from one sender to one lane of a keyed stage.</summary>
internal sealed class Lane<TKey, T>(Receiver<KeyedBatch<TKey, T>> next, int batchSize)
{
    private readonly Output<KeyedBatch<TKey, T>> _output = new(next);
    private readonly KeyedBatchPool<TKey, T> _keyedPool = new(batchSize);
    private readonly BatchPool<T> _pool = new(batchSize);
    private KeyedBatch<TKey, T>? _current;

    public bool IsBlocked => _output.IsBlocked;

    public bool IsBusy => _output.IsBusy;

    public long NextTimer => _output.NextTimer;

    public bool HoldsNothing => _current is null && _output.HoldsNothing;

    /// <summary>A keyed batch over records that all go to this lane.</summary>
    public KeyedBatch<TKey, T> Rent(Batch<T> records) => _keyedPool.Rent(records);

    public void Push(KeyedBatch<TKey, T> batch)
    {
        if (batch.Count == 0)
        {
            batch.Return();
        }
        else
        {
            _output.Push(batch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long timestamp, T value, TKey key, ulong hash, LateCause cause)
    {
        KeyedBatch<TKey, T> batch = _current ?? Start(cause);
        if (batch.Records.LateCause != cause)
        {
            Flush();
            batch = Start(cause);
        }

        int at = batch.Count;
        batch.Keys[at] = key;
        batch.Hashes[at] = hash;
        batch.Records.Add(timestamp, value);
        if (batch.Records.IsFull)
        {
            Flush();
        }
    }

    /// <summary>Hands over what was added, so that the signal keeps its place, then the signal.</summary>
    public void Push(Signal signal)
    {
        Flush();
        _output.Push(signal);
    }

    public bool Resume() => _output.Resume();

    private KeyedBatch<TKey, T> Start(LateCause cause)
    {
        _current = _keyedPool.Rent(_pool.Rent());
        _current.Records.LateCause = cause;
        return _current;
    }

    private void Flush()
    {
        if (_current is { } batch)
        {
            _current = null;
            _output.Push(batch);
        }
    }
}
