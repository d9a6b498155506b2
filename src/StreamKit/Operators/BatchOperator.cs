using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>
/// Collects records of each key into lists, until a list is full or its first record has waited enough.
/// </summary>
/// <remarks>
/// A watermark goes no further than the smallest event time that is held; the rest of it follows when that list has
/// gone out. An input that falls silent, or ends, hands over everything first: whoever goes on without it must not
/// overtake what is held.
/// </remarks>
internal sealed class BatchOperator<TKey, TIn, TOut> : KeyedOperator<TKey, TIn, TOut>, IStateful
{
    private readonly int _max;
    private readonly long _within;
    private readonly Func<TKey, IReadOnlyList<TIn>, TOut> _make;
    private readonly KeyTable<TKey, LinkedListNode<OpenList<TKey, TIn>>> _keys = new();

    // In the order in which they were begun, which is the order in which they are due.
    private readonly LinkedList<OpenList<TKey, TIn>> _open = new();
    private readonly SortedSet<(long Time, long Number)> _held = [];
    private long _begun;
    private long _now = long.MinValue;
    private long _sent = long.MinValue;
    private bool _owesWatermark;

    /// <param name="max">How many records a list holds.</param>
    /// <param name="within">How long its first record waits, in ticks.</param>
    /// <param name="make">Makes the result of a list.</param>
    /// <param name="next">The next receiver.</param>
    /// <param name="context">The surroundings.</param>
    public BatchOperator(
        int max,
        long within,
        Func<TKey, IReadOnlyList<TIn>, TOut> make,
        Receiver<Batch<TOut>> next,
        OperatorContext context)
        : base(next, null, context)
    {
        (_max, _within, _make) = (max, within, make);
        context.Remember(this);
    }

    public override long NextTimer => _owesWatermark
        ? long.MinValue
        : Math.Min(base.NextTimer, _open.First?.Value.Due ?? long.MaxValue);

    public string StateKind => "batches";

    public override bool IsEmpty => _open.Count == 0;

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        needs.Add<TIn>();
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        WriteTime(ref own);
        own.Write(_now);
        own.Write(_sent);
        own.Flush();
        foreach (OpenList<TKey, TIn> list in _open)
        {
            StateWriter writer = snapshot.Group(list.Hash);
            list.Write(ref writer);
            writer.Flush();
        }
    }

    public void Restore(OperatorState state)
    {
        _sent = long.MaxValue;
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader own = state.Parts[lane].Own();
            ReadTime(ref own, isFirst: lane == 0);
            _now = Math.Max(_now, own.ReadInt64());
            _sent = Math.Min(_sent, own.ReadInt64());
        }

        var keys = new SavedKeys<TKey>(Context.HashSeed);
        var lists = new List<OpenList<TKey, TIn>>();
        state.ReadGroups((ref StateReader reader, int group) =>
            lists.Add(OpenList<TKey, TIn>.Read(ref reader, keys, group)));

        // Where lists wait less than they did, those that were begun before wait no longer than those begun now.
        long latest = TickMath.Add(_now, _within);
        lists.ForEach(list => list.Due = Math.Min(list.Due, latest));
        foreach (OpenList<TKey, TIn> list in lists.OrderBy(static list => list.Due).ThenBy(static list => list.Number))
        {
            TakeUp(list);
        }

        // Of other lanes only the one that got the earliest list still has to wait for it.
        _owesWatermark = Free > _sent;
        Count();
    }

    protected override void Take(KeyedBatch<TKey, TIn> batch, int at)
    {
        int index = _keys.FindOrAdd(batch.Keys[at], batch.Hashes[at], out bool added);
        ref LinkedListNode<OpenList<TKey, TIn>> node = ref _keys.At(index).Value;
        if (added)
        {
            node = Begin(batch.Keys[at], batch.Hashes[at]);
        }

        OpenList<TKey, TIn> list = node.Value;
        list.Records.Add(batch.Records.Values[at]);
        Hold(list, list.Extent.With(batch.Records.Timestamps[at]));
        if (list.Records.Count >= _max)
        {
            HandOver(node, index);
        }
    }

    protected override bool DoDue(Signal signal)
    {
        long due = signal switch
        {
            { Kind: SignalKind.ProcessingTime } => signal.Value,
            { Kind: SignalKind.Watermark, Value: long.MaxValue } or { Kind: SignalKind.Idle or SignalKind.End } =>
                long.MaxValue,
            _ => long.MinValue,
        };
        while (_open.First is { } node && node.Value.Due <= due)
        {
            HandOver(node, _keys.Find(node.Value.Key, (uint)node.Value.Hash));
            if (IsBlocked)
            {
                return false;
            }
        }

        return true;
    }

    protected override void Pass(Signal signal)
    {
        PushWatermark();
        if (signal.Kind != SignalKind.Watermark)
        {
            Push(signal);
        }
    }

    protected override void EndBatch() => PushWatermark();

    protected override void Count()
    {
        Context.Counters.Keys = _keys.Count;
        Context.Counters.OpenWindows = _open.Count;
    }

    // How far whoever comes next may know event time to be.
    private long Free => _held.Count == 0 ? Watermark : Math.Min(Watermark, _held.Min.Time);

    private void TakeUp(OpenList<TKey, TIn> list)
    {
        list.Number = _begun++;
        _keys.At(_keys.FindOrAdd(list.Key, list.Hash, out bool added)).Value = _open.AddLast(list);
        if (!added)
        {
            throw StateException.Damaged("a key has two lists that are being filled");
        }

        _held.Add((list.Extent.First, list.Number));
    }

    private LinkedListNode<OpenList<TKey, TIn>> Begin(TKey key, ulong hash)
    {
        // A clock that is set back does not bring lists out of their order.
        _now = Math.Max(_now, Context.Clock.Now);
        return _open.AddLast(new OpenList<TKey, TIn>(key, hash, _begun++, TickMath.Add(_now, _within)));
    }

    private void Hold(OpenList<TKey, TIn> list, Extent extent)
    {
        if (extent.First < list.Extent.First)
        {
            _held.Remove((list.Extent.First, list.Number));
            _held.Add((extent.First, list.Number));
        }

        list.Extent = extent;
    }

    private void HandOver(LinkedListNode<OpenList<TKey, TIn>> node, int index)
    {
        OpenList<TKey, TIn> list = node.Value;
        _open.Remove(node);
        _held.Remove((list.Extent.First, list.Number));
        _keys.RemoveAt(index);
        Emit(list.Extent.Last, _make(list.Key, list.Records));
    }

    private void PushWatermark()
    {
        _owesWatermark = false;
        long watermark = Free;
        if (watermark > _sent)
        {
            _sent = watermark;
            Push(Signal.Watermark(watermark));
        }
    }
}
