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

    /// <summary>Copies some records of a batch, in their order, and hands over each batch that gets full.</summary>
    public void Add(ReadOnlySpan<ushort> picked, Batch<T> records, TKey[] keys, ulong[] hashes)
    {
        if (picked.Length > 0 && _current is { } begun && begun.LateCause != records.LateCause)
        {
            Flush();
        }

        while (picked.Length > 0)
        {
            KeyedBatch<TKey, T> batch = _current ?? Start(records.LateCause);
            int added = Math.Min(picked.Length, batch.Room);
            batch.Add(picked[..added], records, keys, hashes);
            if (batch.Room == 0)
            {
                Flush();
            }

            picked = picked[added..];
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
