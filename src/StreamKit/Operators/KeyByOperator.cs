using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>
/// Computes the key and its hash of every record, once, and parts the records among the lanes by key group.
/// </summary>
internal sealed class KeyByOperator<TKey, T> : Receiver<Batch<T>>
{
    private readonly Func<T, TKey> _selector;
    private readonly KeyHasher<TKey> _hasher = KeyHashers.For<TKey>();
    private readonly OperatorContext _context;
    private readonly Exchange<TKey, T> _exchange;
    private readonly TKey[] _keys;
    private readonly ulong[] _hashes;

    // The record that the selector is being asked about, for whoever catches what it throws.
    private int _at;

    public KeyByOperator(
        Func<T, TKey> selector,
        IReadOnlyList<Receiver<KeyedBatch<TKey, T>>> lanes,
        OperatorContext context)
    {
        _selector = selector;
        _context = context;
        if (!_hasher.IsStable)
        {
            context.State?.UnstableKeys.Add((context.Name, typeof(TKey)));
        }

        _exchange = new Exchange<TKey, T>(lanes, context.BatchSize);
        _keys = lanes.Count == 1 ? [] : new TKey[context.BatchSize];
        _hashes = lanes.Count == 1 ? [] : new ulong[context.BatchSize];
    }

    public override long NextTimer => _exchange.NextTimer;

    public override bool HoldsNothing => _exchange.HoldsNothing;

    public override bool OnBatch(Batch<T> batch)
    {
        _context.Counters.RecordsIn += batch.Count;
        if (_exchange.Single is { } lane)
        {
            KeyedBatch<TKey, T> keyed = lane.Rent(batch);
            SelectKeys(batch, keyed.Keys);
            if (lane.IsBusy)
            {
                _hasher.Hash(keyed.Keys.AsSpan(0, keyed.Count), keyed.Hashes, _context.HashSeed);
            }
            else
            {
                keyed.HashLater(_hasher, _context.HashSeed);
            }

            lane.Push(keyed);
        }
        else
        {
            SelectKeys(batch, _keys);
            _hasher.Hash(_keys.AsSpan(0, batch.Count), _hashes, _context.HashSeed);
            _exchange.Part(batch, _keys, _hashes);
            batch.Return();
        }

        return _exchange.CanTakeMore;
    }

    public override bool OnSignal(Signal signal)
    {
        _exchange.Push(signal);
        return _exchange.CanTakeMore;
    }

    public override bool Resume() => _exchange.Resume();

    private void SelectKeys(Batch<T> batch, TKey[] keys)
    {
        if (typeof(TKey) == typeof(Unit))
        {
            _context.Counters.RecordsOut += batch.Count;
            return;
        }

        _at = 0;
        while (_at < batch.Count)
        {
            try
            {
                SelectRest(batch, keys);
            }
            catch (Exception exception)
            {
                _context.Report(exception, batch.Values[_at], batch.Timestamps[_at]);
                batch.RemoveAt(_at);
            }
        }

        _context.Counters.RecordsOut += batch.Count;
    }

    // Apart from the handler, because the JIT keeps in memory what one could look at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SelectRest(Batch<T> batch, TKey[] keys)
    {
        ref T values = ref MemoryMarshal.GetArrayDataReference(batch.Values);
        ref TKey selected = ref MemoryMarshal.GetArrayDataReference(keys);
        int count = batch.Count;
        for (int i = _at; i < count; i++)
        {
            _at = i;
            Unsafe.Add(ref selected, i) = _selector(Unsafe.Add(ref values, i))
                ?? throw new InvalidOperationException("The key of a record is null.");
        }

        _at = count;
    }
}
