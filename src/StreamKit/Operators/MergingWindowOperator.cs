using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>The general operator over windows of one key that merge, such as sessions.</summary>
/// <remarks>Lateness is judged by the window that a record and all that it merges with would make.</remarks>
internal sealed class MergingWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(
    WindowOptions options,
    TAggregator aggregator,
    Receiver<Batch<WindowResult<TKey, TOut>>> next,
    Receiver<Batch<Late<TIn>>>? late,
    OperatorContext context)
    : TriggeredWindowOperator<TKey, TIn, TAcc, TOut, TAggregator>(options, aggregator, next, late, context)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly MergingAssigner<TIn> _assigner = (MergingAssigner<TIn>)options.Assigner;

    // Of each key one window, from which the others are reached, in no order.
    private readonly KeyTable<TKey, KeyedWindow<TKey, TAcc, TOut>> _windows = new();
    private readonly List<KeyedWindow<TKey, TAcc, TOut>> _met = [];

    protected override int KeyCount => _windows.Count;

    protected override void Add(KeyedBatch<TKey, TIn> batch, int at)
    {
        Window own, union;
        try
        {
            own = _assigner.Assign(in batch.Records.Values[at], batch.Records.Timestamps[at]);
            union = Meet(own, _windows.Find(batch.Keys[at], (uint)batch.Hashes[at]));
        }
        catch (Exception exception)
        {
            Report(exception, batch, at);
            return;
        }

        if (IsExpired(union))
        {
            EmitLate(batch, at, [own], acceptedByOthers: false);
        }
        else if (_met.Count == 0)
        {
            Open(own, batch, at);
        }
        else if (TryAdd(ref _met[0].Accumulator, batch, at))
        {
            Join(_met[0], union);
            Changed(_met[0], in batch.Records.Values[at]);
        }
    }

    protected override void Drop(KeyedWindow<TKey, TAcc, TOut> window)
    {
        int index = _windows.Find(window.Key, (uint)window.Hash);
        ref KeyedWindow<TKey, TAcc, TOut> head = ref _windows.At(index).Value;
        if (!ReferenceEquals(head, window))
        {
            KeyedWindow<TKey, TAcc, TOut> before = head;
            while (!ReferenceEquals(before.Next, window))
            {
                before = before.Next!; // The window is in its key's list until it is dropped.
            }

            before.Next = window.Next;
        }
        else if (window.Next is { } other)
        {
            head = other;
        }
        else
        {
            _windows.RemoveAt(index);
        }
    }

    protected override IEnumerable<KeyedWindow<TKey, TAcc, TOut>> AllWindows()
    {
        for (int i = 0; i < _windows.Count; i++)
        {
            for (KeyedWindow<TKey, TAcc, TOut>? window = _windows.At(i).Value; window is not null; window = window.Next)
            {
                yield return window;
            }
        }
    }

    protected override void TakeUp(KeyedWindow<TKey, TAcc, TOut> window)
    {
        int index = _windows.FindOrAdd(window.Key, window.Hash, out bool added);
        ref KeyedWindow<TKey, TAcc, TOut> head = ref _windows.At(index).Value;
        window.Next = added ? null : head;
        head = window;
    }

    private static Window Cover(Window one, Window other) => Window.OfTicks(
        Math.Min(one.StartTime.Ticks, other.StartTime.Ticks), Math.Max(one.EndTime.Ticks, other.EndTime.Ticks));

    // Collects, by start, the windows that become one with the given one, and says which window that is. What they
    // reach together may reach others, so it goes on until nothing is added.
    private Window Meet(Window own, int index)
    {
        _met.Clear();
        if (index < 0)
        {
            return own;
        }

        Window union = own;
        try
        {
            int before;
            do
            {
                before = _met.Count;
                for (KeyedWindow<TKey, TAcc, TOut>? window = _windows.At(index).Value;
                    window is not null;
                    window = window.Next)
                {
                    if (!window.IsMet && _assigner.ShouldMerge(union, window.Bounds))
                    {
                        window.IsMet = true;
                        _met.Add(window);
                        union = Cover(union, window.Bounds);
                    }
                }
            }
            while (_met.Count > before);
        }
        finally
        {
            _met.ForEach(static window => window.IsMet = false);
        }

        _met.Sort(static (a, b) => a.Bounds.StartTime != b.Bounds.StartTime
            ? a.Bounds.StartTime.CompareTo(b.Bounds.StartTime)
            : a.Order.CompareTo(b.Order));
        return union;
    }

    private void Open(Window bounds, KeyedBatch<TKey, TIn> batch, int at)
    {
        TAcc accumulator = Aggregator.Create();
        if (!TryAdd(ref accumulator, batch, at))
        {
            return;
        }

        KeyedWindow<TKey, TAcc, TOut> window = Make(batch.Keys[at], batch.Hashes[at], bounds);
        window.Accumulator = accumulator;
        TakeUp(window);
        Changed(window, in batch.Records.Values[at]);
    }

    // Grows the first window over the record and over the others that it now reaches, in start order.
    private void Join(KeyedWindow<TKey, TAcc, TOut> first, Window union)
    {
        if (_met.Count == 1 && first.Bounds == union)
        {
            return; // The record lies inside: it is the same window, with the panes that it has.
        }

        Retract(first);
        EnterPhase(first, Watermark >= union.EndTime.Ticks);
        for (int i = 1; i < _met.Count; i++)
        {
            Retract(_met[i]);
            Absorb(first, _met[i]);
        }

        // Other bounds are another window: its panes count anew, and it completes anew if its end is still to come.
        first.Bounds = union;
        first.Panes = default;
    }
}
