using StreamKit.Records;
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
internal sealed class BatchOperator<TKey, TIn, TOut>(
    int max,
    long within,
    Func<TKey, IReadOnlyList<TIn>, TOut> make,
    Receiver<Batch<TOut>> next,
    OperatorContext context)
    : KeyedOperator<TKey, TIn, TOut>(next, null, context)
{
    private readonly KeyTable<TKey, LinkedListNode<OpenList<TKey, TIn>>> _keys = new();

    // In the order in which they were begun, which is the order in which they are due.
    private readonly LinkedList<OpenList<TKey, TIn>> _open = new();
    private readonly SortedSet<(long Time, long Number)> _held = [];
    private long _begun;
    private long _now = long.MinValue;
    private long _sent = long.MinValue;

    public override long NextTimer => Math.Min(base.NextTimer, _open.First?.Value.Due ?? long.MaxValue);

    public override bool IsEmpty => _open.Count == 0;

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
        if (list.Records.Count == max)
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

    private LinkedListNode<OpenList<TKey, TIn>> Begin(TKey key, ulong hash)
    {
        // A clock that is set back does not bring lists out of their order.
        _now = Math.Max(_now, Context.Clock.Now);
        return _open.AddLast(new OpenList<TKey, TIn>(key, hash, _begun++, TickMath.Add(_now, within)));
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
        Emit(list.Extent.Last, make(list.Key, list.Records));
    }

    private void PushWatermark()
    {
        long watermark = _held.Count == 0 ? Watermark : Math.Min(Watermark, _held.Min.Time);
        if (watermark > _sent)
        {
            _sent = watermark;
            Push(Signal.Watermark(watermark));
        }
    }
}
