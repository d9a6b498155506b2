using StreamKit.Diagnostics;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// Stands before a window operator and says which of the windows that have records closes next, for whoever asks why
/// none does.
/// </summary>
/// <remarks>
/// It looks at timestamps only, and a batch within a slice that is known costs it one pass. What it remembers is
/// bounded as the operator's own state is: one entry for each slice that has records and whose windows have not all
/// closed.
/// </remarks>
internal sealed class NextWindowProbe<TKey, T>(
    SlicedAssigner assigner, Receiver<KeyedBatch<TKey, T>> next, OperatorCounters counters)
    : Receiver<KeyedBatch<TKey, T>>
{
    // The slices that records of a somewhat disordered stream alternate between.
    private const int RecentSlices = 8;

    private readonly SortedSet<Window> _slices = [];
    private readonly Window[] _recent = new Window[RecentSlices];
    private readonly List<Window> _windows = [];
    private int _oldest;
    private Window _last;
    private long _watermark = long.MinValue;

    public override long NextTimer => next.NextTimer;

    public override bool HoldsNothing => next.HoldsNothing;

    public override bool OnBatch(KeyedBatch<TKey, T> batch)
    {
        Note(batch.Records.Timestamps.AsSpan(0, batch.Count));
        return next.OnBatch(batch);
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.Kind == SignalKind.Watermark && signal.Value > _watermark)
        {
            _watermark = signal.Value;
            Publish();
        }

        return next.OnSignal(signal);
    }

    public override bool Resume() => next.Resume();

    private void Note(ReadOnlySpan<long> timestamps)
    {
        if (TickMath.AllWithin(timestamps, _last.StartTime.Ticks, _last.EndTime.Ticks))
        {
            return;
        }

        bool anyNew = false;
        foreach (long ticks in timestamps)
        {
            if (!Holds(_last, ticks) && !IsRecent(ticks))
            {
                anyNew |= Enter(assigner.SliceOf(ticks));
            }
        }

        if (anyNew)
        {
            Publish();
        }
    }

    private static bool Holds(Window slice, long ticks) =>
        ticks >= slice.StartTime.Ticks && ticks < slice.EndTime.Ticks;

    private bool IsRecent(long ticks)
    {
        foreach (Window slice in _recent)
        {
            if (Holds(slice, ticks))
            {
                _last = slice;
                return true;
            }
        }

        return false;
    }

    private bool Enter(Window slice)
    {
        _last = slice;
        _recent[_oldest] = slice;
        _oldest = (_oldest + 1) % RecentSlices;
        return FirstWaiting(slice) is not null && _slices.Add(slice);
    }

    // The windows of an earlier slice close no later than those of a later one.
    private void Publish()
    {
        while (_slices.Count > 0)
        {
            Window slice = _slices.Min;
            if (FirstWaiting(slice) is { } window)
            {
                counters.SetNext(window.StartTime.Ticks, window.EndTime.Ticks);
                return;
            }

            _slices.Remove(slice);
        }

        counters.SetNext(long.MinValue, long.MaxValue);
    }

    private Window? FirstWaiting(Window slice)
    {
        _windows.Clear();
        assigner.AddWindowsOf(slice, _windows);
        Window? first = null;
        foreach (Window window in _windows)
        {
            if (window.EndTime.Ticks > _watermark && (first is not { } other || window < other))
            {
                first = window;
            }
        }

        return first;
    }
}
