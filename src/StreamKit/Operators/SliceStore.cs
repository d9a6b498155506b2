using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>The open slices and windows of one lane, and what is due when.</summary>
/// <remarks>
/// Everything costs in proportion to the windows that exist, never to the time that passes between them.
/// </remarks>
/// <param name="assigner">The windows.</param>
/// <param name="lateness">How long a window is kept after its end.</param>
/// <param name="shared">Whether windows share their slices.</param>
/// <param name="closing">Is told of each slice before it is emptied.</param>
internal sealed class SliceStore<TKey, TAcc, TOut>(
    SlicedAssigner assigner,
    long lateness,
    bool shared,
    Action<Slice<TKey, TAcc>> closing)
{
    // Tables keep their size for the next window; a few are enough, because windows open about as often as they close.
    private const int SpareSlices = 16;

    private static readonly Comparer<(long Time, Window Window)> s_order =
        Comparer<(long Time, Window Window)>.Create(static (a, b) =>
            a.Time != b.Time ? a.Time.CompareTo(b.Time)
            : a.Window.StartTime != b.Window.StartTime ? a.Window.StartTime.CompareTo(b.Window.StartTime)
            : a.Window.EndTime.CompareTo(b.Window.EndTime));

    private readonly Dictionary<Window, Slice<TKey, TAcc>> _slices = [];
    private readonly Dictionary<Window, OpenWindow<TKey, TAcc, TOut>> _windows = [];
    private readonly PriorityQueue<OpenWindow<TKey, TAcc, TOut>, (long Time, Window Window)> _ends = new(s_order);
    private readonly PriorityQueue<OpenWindow<TKey, TAcc, TOut>, (long Time, Window Window)> _expiries = new(s_order);
    private readonly Stack<Slice<TKey, TAcc>> _spare = new();

    public int WindowCount => _windows.Count;

    /// <summary>How many bytes of memory are kept for later.</summary>
    public long SpareBytes => _spare.Sum(static slice => slice.Bytes);

    /// <summary>
    /// How many entries there are, roughly how many bytes of memory they take, with what is kept for later and what
    /// windows said, and how many bytes were spilled.
    /// </summary>
    public (long Keys, long Bytes, long SpilledBytes) Measure()
    {
        long keys = 0, bytes = SpareBytes, spilled = 0;
        foreach (Slice<TKey, TAcc> slice in _slices.Values)
        {
            keys += slice.Count;
            bytes += slice.Bytes;
            spilled += slice.SpilledBytes;
        }

        foreach (OpenWindow<TKey, TAcc, TOut> window in _windows.Values)
        {
            bytes += window.Panes?.Bytes ?? 0;
        }

        return (keys, bytes, spilled);
    }

    public IEnumerable<OpenWindow<TKey, TAcc, TOut>> Windows => _windows.Values;

    public IReadOnlyCollection<Slice<TKey, TAcc>> Slices => _slices.Values;

    public Slice<TKey, TAcc>? Find(Window bounds) => _slices.GetValueOrDefault(bounds);

    public OpenWindow<TKey, TAcc, TOut>? FindWindow(Window bounds) => _windows.GetValueOrDefault(bounds);

    /// <summary>
    /// Opens the slice over these bounds, which belongs to the windows given; none of them is expired.
    /// </summary>
    public Slice<TKey, TAcc> Open(
        Window bounds,
        IReadOnlyList<Window> accepting,
        long firstEnd,
        long watermark,
        long registrations)
    {
        Slice<TKey, TAcc> slice = _spare.TryPop(out Slice<TKey, TAcc>? spare) ? spare : new();
        slice.Open(bounds, firstEnd, registrations);
        _slices.Add(bounds, slice);
        foreach (Window window in accepting)
        {
            OpenOrFind(window, watermark).AddSlice(slice);
        }

        return slice;
    }

    /// <summary>The window that closes next; null where none is open.</summary>
    public Window? NextToClose => _ends.TryPeek(out OpenWindow<TKey, TAcc, TOut>? window, out _) ? window.Bounds : null;

    /// <summary>The next window whose end or expiry the watermark has reached.</summary>
    public bool TryTakeDue(long watermark, out OpenWindow<TKey, TAcc, TOut> window)
    {
        bool ends = _ends.TryPeek(out window!, out (long Time, Window Window) end);
        bool expires = _expiries.TryPeek(out OpenWindow<TKey, TAcc, TOut>? old, out (long Time, Window Window) expiry);
        if (expires && expiry.Time <= watermark && (!ends || s_order.Compare(expiry, end) < 0))
        {
            window = old!;
            _expiries.Dequeue();
            return true;
        }

        if (ends && end.Time <= watermark)
        {
            _ends.Dequeue();
            return true;
        }

        return false;
    }

    /// <summary>Keeps a complete window until its allowed lateness is over.</summary>
    public void KeepUntilExpiry(OpenWindow<TKey, TAcc, TOut> window) =>
        _expiries.Enqueue(window, (TickMath.Add(window.Bounds.EndTime.Ticks, lateness), window.Bounds));

    /// <summary>Removes a window, and the slices that belonged to no other.</summary>
    public void Remove(OpenWindow<TKey, TAcc, TOut> window)
    {
        _windows.Remove(window.Bounds);
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            if (--slice.LiveWindows == 0)
            {
                _slices.Remove(slice.Bounds);
                closing(slice);
                slice.Close();
                if (_spare.Count < SpareSlices)
                {
                    _spare.Push(slice);
                }
            }
        }
    }

    /// <summary>Keeps nothing for later.</summary>
    public void DropSpares() => _spare.Clear();

    public bool IsExpired(Window window, long watermark) =>
        watermark >= TickMath.Add(window.EndTime.Ticks, lateness);

    /// <summary>
    /// The slice that an instant's records go to, in the windows given; a window has its own where none is shared.
    /// </summary>
    public Window BoundsFor(long ticks, Window window) => shared ? assigner.SliceOf(ticks) : window;

    private OpenWindow<TKey, TAcc, TOut> OpenOrFind(Window bounds, long watermark)
    {
        if (!_windows.TryGetValue(bounds, out OpenWindow<TKey, TAcc, TOut>? window))
        {
            window = new OpenWindow<TKey, TAcc, TOut>(bounds) { IsComplete = watermark >= bounds.EndTime.Ticks };
            _windows.Add(bounds, window);
            if (window.IsComplete)
            {
                KeepUntilExpiry(window);
            }
            else
            {
                _ends.Enqueue(window, (bounds.EndTime.Ticks, bounds));
            }
        }

        return window;
    }
}
