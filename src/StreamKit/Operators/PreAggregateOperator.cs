using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// Aggregates the records of each key and slice before the exchange, so that a key with many records sends few.
/// </summary>
/// <remarks>
/// What is held goes out before every signal, in the order in which it began, so the lanes see each record between the
/// same two watermarks as without it and no window decides differently. A record behind the watermark goes by itself,
/// because a window that is complete says something for each.
/// </remarks>
internal sealed class PreAggregateOperator<TKey, T, TAcc, TOut, TAggregator> : Receiver<KeyedBatch<TKey, T>>, IStateful
    where TAggregator : struct, IWindowAggregator<T, TAcc, TOut>
{
    // Beyond this many keys the tables fall out of the processor's nearest caches, and so many different keys between
    // two watermarks gain nothing from aggregation; what is held must also fit the outputs when they are blocked.
    private const int MostKeys = 8192;

    private readonly SlicedAssigner _assigner;
    private readonly OperatorContext _context;
    private readonly Exchange<TKey, Partial<TAcc>> _exchange;
    private readonly KeyHasher<TKey> _hasher = KeyHashers.For<TKey>();
    private readonly SliceFiller<TKey, T, Partial<TAcc>, Unit, PartAggregator<T, TAcc, TOut, TAggregator>> _filler;
    private readonly SortedList<Window, Slice<TKey, Partial<TAcc>>> _open = [];
    private readonly Stack<Slice<TKey, Partial<TAcc>>> _spare = new();
    private readonly List<(Slice<TKey, Partial<TAcc>> Slice, int Index)> _parts = [];
    private readonly List<Window> _windows = [];
    private readonly KeyOrder _order = new();
    private readonly Batch<Partial<TAcc>> _sent;
    private readonly TKey[] _keys;
    private readonly ulong[] _hashes;
    private Slice<TKey, Partial<TAcc>>? _slice;
    private long _watermark = long.MinValue;
    private LateCause _cause;

    public PreAggregateOperator(
        SlicedAssigner assigner,
        TAggregator aggregator,
        IReadOnlyList<Receiver<KeyedBatch<TKey, Partial<TAcc>>>> lanes,
        OperatorContext context)
    {
        _assigner = assigner;
        _context = context;
        _filler = new(new(aggregator), followsVersions: false, registers: true, context);
        _exchange = new Exchange<TKey, Partial<TAcc>>(lanes, context.BatchSize);
        _sent = new BatchPool<Partial<TAcc>>(context.BatchSize).Rent();
        _keys = new TKey[context.BatchSize];
        _hashes = new ulong[context.BatchSize];
    }

    public override long NextTimer => _exchange.NextTimer;

    public override bool HoldsNothing => _open.Count == 0 && _exchange.HoldsNothing;

    public string StateKind => "pre-aggregation";

    public override bool OnBatch(KeyedBatch<TKey, T> batch)
    {
        _context.Counters.RecordsIn += batch.Count;
        if (batch.Records.LateCause != _cause)
        {
            SendAll();
            _cause = batch.Records.LateCause;
        }

        int at = 0;
        while (at < batch.Count)
        {
            Slice<TKey, Partial<TAcc>> slice = SliceOf(batch.Records.Timestamps[at]);
            if (slice.FirstEnd <= _watermark)
            {
                _filler.TryAdd(slice, batch, at++, out _, out _);
                SendAll();
            }
            else
            {
                long start = slice.Bounds.StartTime.Ticks;
                at = _filler.Fill(slice, start, (ulong)(slice.Bounds.EndTime.Ticks - start), batch, at);
            }
        }

        batch.Return();
        if (_open.Values.Sum(static slice => slice.Table.Count) > MostKeys)
        {
            SendAll();
        }

        return _exchange.CanTakeMore;
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind != SignalKind.ProcessingTime)
        {
            SendAll();
        }

        if (signal.Kind == SignalKind.Watermark)
        {
            _watermark = Math.Max(_watermark, signal.Value);
        }

        _exchange.Push(signal);
        return _exchange.CanTakeMore;
    }

    public override bool Resume() => _exchange.Resume();

    public void Declare(StateNeeds needs)
    {
    }

    // Before a barrier all records have gone on; which of those to come go by themselves is all that remains.
    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        own.Write(_watermark);
        own.Flush();
    }

    public void Restore(OperatorState state)
    {
        _watermark = long.MaxValue;
        foreach (StatePart part in state.Parts)
        {
            _watermark = Math.Min(_watermark, part.Own().ReadInt64());
        }
    }

    private Slice<TKey, Partial<TAcc>> SliceOf(long ticks)
    {
        if (_slice is { } last && last.Bounds.Contains(new(ticks)))
        {
            return last;
        }

        Window bounds = _assigner.SliceOf(ticks);
        if (!_open.TryGetValue(bounds, out Slice<TKey, Partial<TAcc>>? slice))
        {
            slice = _spare.TryPop(out Slice<TKey, Partial<TAcc>>? spare) ? spare : new();
            _windows.Clear();
            _assigner.AddWindowsOf(bounds, _windows);
            slice.Open(bounds, _windows.FirstEnd(), opened: 0);
            _open.Add(bounds, slice);
        }

        return _slice = slice;
    }

    private void SendAll()
    {
        _slice = null;
        _order.Start(_open.Values.Sum(static slice => slice.Table.Count));
        foreach (Slice<TKey, Partial<TAcc>> slice in _open.Values)
        {
            for (int i = 0; i < slice.Table.Count; i++)
            {
                _order.Add(slice.RegisteredOf(i));
                _parts.Add((slice, i));
            }
        }

        _order.Sort();
        for (int from = 0; from < _parts.Count; from += _keys.Length)
        {
            Send(from, Math.Min(_keys.Length, _parts.Count - from));
        }

        _parts.Clear();
        foreach (Slice<TKey, Partial<TAcc>> slice in _open.Values)
        {
            slice.Close();
            _spare.Push(slice);
        }

        _open.Clear();
    }

    // Every instant of a slice is as good as any other: no window bound lies inside. Tables keep half of a hash, and
    // the lane is found by the other half.
    private void Send(int from, int count)
    {
        for (int i = 0; i < count; i++)
        {
            (Slice<TKey, Partial<TAcc>> slice, int index) = _parts[_order[from + i]];
            ref KeyTable<TKey, Partial<TAcc>>.Entry entry = ref slice.Table.At(index);
            _keys[i] = entry.Key;
            _sent.Values[i] = entry.Value;
            _sent.Timestamps[i] = slice.Bounds.MaxTimestamp.Ticks;
        }

        _sent.SetCount(count);
        _sent.LateCause = _cause;
        _hasher.Hash(_keys.AsSpan(0, count), _hashes, _context.HashSeed);
        _exchange.Part(_sent, _keys, _hashes);
        _context.Counters.RecordsOut += count;
    }
}
