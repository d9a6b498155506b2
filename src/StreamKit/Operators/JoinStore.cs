using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>The open slices and windows of one lane of a join, and what is due when.</summary>
/// <remarks>
/// Everything costs in proportion to the windows that exist, never to the time that passes between them. A record lies
/// in one slice however many windows overlap there.
/// </remarks>
internal sealed class JoinStore<TKey, TLeft, TRight>(long lateness, bool keepsTimestamps)
{
    // Columns keep their size for the next window; a few are enough, because windows open about as often as they close.
    private const int SpareSlices = 4;

    private readonly JoinRowPool<TLeft> _leftPool = new();
    private readonly JoinRowPool<TRight> _rightPool = new();
    private readonly Dictionary<Window, JoinSlice<TKey, TLeft, TRight>> _slices = [];
    private readonly Dictionary<Window, JoinWindow<TKey, TLeft, TRight>> _windows = [];
    private readonly PriorityQueue<JoinWindow<TKey, TLeft, TRight>, (long Time, Window Window)> _due = new(
        Comparer<(long Time, Window Window)>.Create(static (a, b) =>
            a.Time != b.Time ? a.Time.CompareTo(b.Time)
            : a.Window.StartTime != b.Window.StartTime ? a.Window.StartTime.CompareTo(b.Window.StartTime)
            : a.Window.EndTime.CompareTo(b.Window.EndTime)));

    private readonly Stack<JoinSlice<TKey, TLeft, TRight>> _spare = new();

    public bool KeepsTimestamps => keepsTimestamps;

    public IReadOnlyCollection<JoinSlice<TKey, TLeft, TRight>> Slices => _slices.Values;

    public int WindowCount => _windows.Count;

    public long KeyCount => _slices.Values.Sum(static slice => (long)slice.Table.Count);

    public JoinSlice<TKey, TLeft, TRight>? Find(Window bounds) => _slices.GetValueOrDefault(bounds);

    public JoinWindow<TKey, TLeft, TRight>? FindWindow(Window bounds) => _windows.GetValueOrDefault(bounds);

    /// <summary>
    /// Opens the slice over these bounds, which belongs to the windows given; none of them is expired.
    /// </summary>
    public JoinSlice<TKey, TLeft, TRight> Open(
        Window bounds, IReadOnlyList<Window> accepting, long firstEnd, long watermark)
    {
        JoinSlice<TKey, TLeft, TRight> slice =
            _spare.TryPop(out JoinSlice<TKey, TLeft, TRight>? spare)
                ? spare
                : new(_leftPool, _rightPool, keepsTimestamps);
        slice.Open(bounds, firstEnd);
        _slices.Add(bounds, slice);
        foreach (Window window in accepting)
        {
            OpenOrFind(window, watermark).AddSlice(slice);
        }

        return slice;
    }

    /// <summary>The next window whose end or expiry the watermark has reached.</summary>
    public bool TryTakeDue(long watermark, out JoinWindow<TKey, TLeft, TRight> window)
    {
        if (_due.TryPeek(out window!, out (long Time, Window Window) due) && due.Time <= watermark)
        {
            _due.Dequeue();
            return true;
        }

        return false;
    }

    /// <summary>Keeps a complete window until its allowed lateness is over.</summary>
    public void KeepUntilExpiry(JoinWindow<TKey, TLeft, TRight> window) =>
        _due.Enqueue(window, (TickMath.Add(window.Bounds.EndTime.Ticks, lateness), window.Bounds));

    /// <summary>Removes a window, and the slices that belonged to no other.</summary>
    public void Remove(JoinWindow<TKey, TLeft, TRight> window)
    {
        _windows.Remove(window.Bounds);
        foreach (JoinSlice<TKey, TLeft, TRight> slice in window.Slices)
        {
            if (--slice.LiveWindows == 0)
            {
                _slices.Remove(slice.Bounds);
                slice.Close();
                if (_spare.Count < SpareSlices)
                {
                    _spare.Push(slice);
                }
            }
        }
    }

    public bool IsExpired(Window window, long watermark) =>
        watermark >= TickMath.Add(window.EndTime.Ticks, lateness);

    private JoinWindow<TKey, TLeft, TRight> OpenOrFind(Window bounds, long watermark)
    {
        if (!_windows.TryGetValue(bounds, out JoinWindow<TKey, TLeft, TRight>? window))
        {
            window = new JoinWindow<TKey, TLeft, TRight>(bounds) { IsComplete = watermark >= bounds.EndTime.Ticks };
            _windows.Add(bounds, window);
            if (window.IsComplete)
            {
                KeepUntilExpiry(window);
            }
            else
            {
                _due.Enqueue(window, (bounds.EndTime.Ticks, bounds));
            }
        }

        return window;
    }
}
