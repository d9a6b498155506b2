namespace StreamKit.Tests.Oracle;

/// <summary>What a keyed window operator must emit, kept as simple as the rules themselves (SEMANTICS 7, 10
/// to 12).</summary>
/// <remarks>
/// Panes of one watermark come by window end, then start, then in the order in which their keys first put an element
/// into the window; a merged session keeps the place of the oldest session it took in. An element in several windows
/// fires them by start. Late elements fire at once. A merge retracts at once, by start, what it took in.
/// </remarks>
internal sealed class OracleWindows<TKey, TValue>(OracleShape shape, long lateness, OracleMode mode)
    where TKey : notnull
{
    private readonly List<OpenWindow> open = [];
    private readonly List<OraclePane<TKey, TValue>> panes = [];
    private readonly List<OracleLate<TKey, TValue>> late = [];
    private readonly List<OracleElement<TKey, TValue>> unassigned = [];
    private long arrivals;

    public long CurrentWatermark { get; private set; } = OracleTime.Min;

    /// <summary>Whether a window that fired early fires again on time with nothing new. Default: yes, as
    /// 10.7 asks.</summary>
    /// <remarks>If not, 12.3 decides: no empty discarding pane, no retraction for the same; accumulating
    /// still fires.</remarks>
    public bool FiresUnchangedOnTime { get; init; } = true;

    public IReadOnlyList<OraclePane<TKey, TValue>> Panes => panes;

    /// <summary>Elements that missed at least one window because it was expired, once each.</summary>
    public IReadOnlyList<OracleLate<TKey, TValue>> Late => late;

    /// <summary>Elements that belong to no window at all, which is not lateness.</summary>
    public IReadOnlyList<OracleElement<TKey, TValue>> Unassigned => unassigned;

    public bool IsEmpty => open.Count == 0;

    public void Element(TKey key, long timestamp, TValue value)
    {
        if (timestamp is OracleTime.Min or OracleTime.Max)
        {
            throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Both ends of time are reserved.");
        }

        var arrival = new Arrival(timestamp, arrivals++, value);
        if (shape.Kind == OracleShapeKind.Session)
        {
            AddToSession(key, arrival);
        }
        else
        {
            AddToWindows(key, arrival);
        }
    }

    public void Watermark(long watermark)
    {
        if (watermark <= CurrentWatermark)
        {
            return;
        }

        var due = open.Where(o => CurrentWatermark < o.Window.End && o.Window.End <= watermark).ToList();
        CurrentWatermark = watermark;
        foreach (OpenWindow window in InFiringOrder(due))
        {
            if (window.Fresh.Count > 0 || mode == OracleMode.Accumulating || FiresUnchangedOnTime)
            {
                Emit(window, OracleTiming.OnTime);
            }
        }

        open.RemoveAll(o => IsExpired(o.Window));
    }

    /// <summary>Fires every window that is not complete and has content since its last pane.</summary>
    public void FireEarly()
    {
        foreach (OpenWindow window in InFiringOrder(open.Where(o => !IsComplete(o.Window) && o.Fresh.Count > 0)))
        {
            Emit(window, OracleTiming.Early);
        }
    }

    private void AddToWindows(TKey key, Arrival arrival)
    {
        IReadOnlyList<OracleWindow> windows = OracleAssigners.Assign(shape, arrival.Timestamp);
        if (windows.Count == 0)
        {
            unassigned.Add(new(key, arrival.Timestamp, arrival.Value));
            return;
        }

        foreach (OracleWindow window in windows.Where(w => !IsExpired(w)))
        {
            OpenWindow? existing = open.Find(o => o.Key.Equals(key) && o.Window == window);
            Accept(existing ?? Open(key, window, arrival.Order), arrival);
        }

        Miss(key, arrival, [.. windows.Where(IsExpired)], windows.Any(w => !IsExpired(w)));
    }

    private void AddToSession(TKey key, Arrival arrival)
    {
        OracleWindow own = OracleAssigners.Session(arrival.Timestamp, shape.Size);
        var met = open.Where(o => o.Key.Equals(key) && o.Window.Overlaps(own)).OrderBy(o => o.Window.Start).ToList();
        OracleWindow union = met.Aggregate(own, (all, one) => all.Union(one.Window));
        if (IsExpired(union))
        {
            Miss(key, arrival, [own], false);
            return;
        }

        // An element inside a session leaves it the same window, with the panes it already had.
        bool isInside = met.Count == 1 && met[0].Window == union;
        Accept(isInside ? met[0] : Merge(key, union, met, arrival.Order), arrival);
    }

    private OpenWindow Merge(TKey key, OracleWindow union, List<OpenWindow> met, long order)
    {
        OpenWindow merged = Open(key, union, met.Select(o => o.Registered).Append(order).Min());
        foreach (OpenWindow part in met)
        {
            Retract(part, IsComplete(part.Window) ? OracleTiming.Late : OracleTiming.Early);
            merged.Accepted.AddRange(part.Accepted);
            merged.Fresh.AddRange(part.Fresh);
            open.Remove(part);
        }

        return merged;
    }

    private OpenWindow Open(TKey key, OracleWindow window, long registered)
    {
        var opened = new OpenWindow(key, window, registered);
        open.Add(opened);
        return opened;
    }

    private void Accept(OpenWindow window, Arrival arrival)
    {
        window.Accepted.Add(arrival);
        window.Fresh.Add(arrival);
        if (IsComplete(window.Window))
        {
            Emit(window, OracleTiming.Late);
        }
    }

    private void Miss(TKey key, Arrival arrival, List<OracleWindow> missed, bool wasAcceptedByOthers)
    {
        if (missed.Count > 0)
        {
            late.Add(new(key, arrival.Timestamp, arrival.Value, CurrentWatermark, missed, wasAcceptedByOthers));
        }
    }

    private void Emit(OpenWindow window, OracleTiming timing)
    {
        Retract(window, timing);
        List<Arrival> content = mode == OracleMode.Discarding ? window.Fresh : window.Accepted;
        window.Last = new OraclePane<TKey, TValue>
        {
            Key = window.Key,
            Start = window.Window.Start,
            End = window.Window.End,
            Values = [.. content.OrderBy(a => a.Timestamp).ThenBy(a => a.Order).Select(a => a.Value)],
            Timing = timing,
            Index = window.Last is null ? 0 : window.Last.Index + 1,
            IsFinal = IsExpired(window.Window),
        };
        panes.Add(window.Last);
        window.Fresh.Clear();
    }

    // A retraction is emitted now, so its timing is that of the firing (SEMANTICS 19: "-1 +2 Late"), and a window still
    // has at most one pane on time.
    private void Retract(OpenWindow window, OracleTiming timing)
    {
        if (mode == OracleMode.Retracting && window.Last is { } last)
        {
            panes.Add(last with { IsRetraction = true, Timing = timing });
        }
    }

    private bool IsComplete(OracleWindow window) => CurrentWatermark >= window.End;

    private bool IsExpired(OracleWindow window) => CurrentWatermark >= OracleTime.Add(window.End, lateness);

    private static List<OpenWindow> InFiringOrder(IEnumerable<OpenWindow> windows) =>
        [.. windows.OrderBy(o => o.Window.End).ThenBy(o => o.Window.Start).ThenBy(o => o.Registered)];

    private readonly record struct Arrival(long Timestamp, long Order, TValue Value);

    private sealed class OpenWindow(TKey key, OracleWindow window, long registered)
    {
        public TKey Key => key;

        public OracleWindow Window => window;

        public long Registered => registered;

        public List<Arrival> Accepted { get; } = [];

        /// <summary>Accepted since the last pane.</summary>
        public List<Arrival> Fresh { get; } = [];

        public OraclePane<TKey, TValue>? Last { get; set; }
    }
}
