namespace StreamKit.Tests.Oracle;

/// <summary>What a window operator must emit with triggers, as simple as the rules (SEMANTICS 7, 10 to 12).</summary>
/// <remarks>
/// A round looks, again and again, for the first thing that is due among all open windows: by time, then window start,
/// then the order in which windows got their first element. What ends a phase of a window, its completion or its
/// expiry, takes the place of a timer that is due in the same round.
/// </remarks>
internal sealed class OracleTriggeredWindows(OracleShape shape, long lateness, OracleMode mode)
{
    private readonly List<Open> open = [];
    private readonly List<OraclePane<int, int>> panes = [];
    private readonly List<OracleLate<int, int>> late = [];
    private long arrivals;
    private long watermark = OracleTime.Min;
    private long now;

    /// <summary>Before completion; null: never.</summary>
    public OracleTrigger? Early { get; init; }

    /// <summary>After completion; null: at each element.</summary>
    public OracleTrigger? Late { get; init; }

    /// <summary>The gap of an element, where the shape is a session.</summary>
    public Func<OracleElement<int, int>, long> Gap { get; init; } = _ => shape.Size;

    public IReadOnlyList<OraclePane<int, int>> Panes => panes;

    public IReadOnlyList<OracleLate<int, int>> LateElements => late;

    public int Unassigned { get; private set; }

    public bool IsEmpty => open.Count == 0;

    public void Element(OracleElement<int, int> element)
    {
        long order = arrivals++;
        if (shape.Kind == OracleShapeKind.Session)
        {
            AddToSession(element, order);
            return;
        }

        IReadOnlyList<OracleWindow> windows = OracleAssigners.Assign(shape, element.Timestamp);
        Unassigned += windows.Count == 0 ? 1 : 0;
        foreach (OracleWindow window in windows.Where(w => !IsExpired(w)))
        {
            Open? known = open.Find(o => o.Key == element.Key && o.Window == window);
            Accept(known ?? Begin(element.Key, window, order), element, order);
        }

        Miss(element, [.. windows.Where(IsExpired)], windows.Any(w => !IsExpired(w)));
    }

    public void Watermark(long value)
    {
        if (value <= watermark)
        {
            return;
        }

        watermark = value;
        while (First(open.Where(o => Due(o) <= watermark), Due) is { } due)
        {
            Act(due);
        }
    }

    /// <summary>Lets processing time pass, with a stop at every timer.</summary>
    public void Advance(long ticks)
    {
        long target = now + ticks;
        while (First(open.Where(o => o.Alarm <= target), o => o.Alarm ?? 0) is { } due)
        {
            now = Math.Max(now, due.Alarm ?? 0);
            due.Alarm = null;
            due.LastFired = now;
            FireIfFresh(due);
        }

        now = target;
    }

    private static Open? First(IEnumerable<Open> windows, Func<Open, long> time) =>
        windows.OrderBy(time).ThenBy(o => o.Window.Start).ThenBy(o => o.Registered).FirstOrDefault();

    private void AddToSession(OracleElement<int, int> element, long order)
    {
        OracleWindow own = OracleAssigners.Session(element.Timestamp, Gap(element));
        var met = open.Where(o => o.Key == element.Key && o.Window.Overlaps(own)).OrderBy(o => o.Window.Start).ToList();
        OracleWindow union = met.Aggregate(own, (all, one) => all.Union(one.Window));
        if (IsExpired(union))
        {
            Miss(element, [own], false);
            return;
        }

        bool isInside = met.Count == 1 && met[0].Window == union;
        Accept(isInside ? met[0] : Merge(element.Key, union, met, order), element, order);
    }

    private Open Merge(int key, OracleWindow union, List<Open> met, long order)
    {
        Open merged = Begin(key, union, met.Select(o => o.Registered).Append(order).Min());
        foreach (Open part in met)
        {
            Retract(part, part.Completed ? OracleTiming.Late : OracleTiming.Early);
            merged.Accepted.AddRange(part.Accepted);
            merged.Fresh.AddRange(part.Fresh);
            open.Remove(part);
        }

        // What a trigger remembers of another phase of the window means nothing in this one.
        foreach (Open part in met.Where(p => p.Completed == merged.Completed))
        {
            merged.Count += part.Count;
            merged.Alarm = Least(merged.Alarm, part.Alarm);
            merged.Multiple = Least(merged.Multiple, part.Multiple);
            merged.LastFired = Greatest(merged.LastFired, part.LastFired);
        }

        return merged;
    }

    private Open Begin(int key, OracleWindow window, long registered)
    {
        var begun = new Open(key, window, registered) { Completed = watermark >= window.End };
        open.Add(begun);
        return begun;
    }

    private void Accept(Open window, OracleElement<int, int> element, long order)
    {
        window.Accepted.Add((element.Timestamp, order, element.Value));
        window.Fresh.Add((element.Timestamp, order, element.Value));
        if (Asks(window, window.Completed ? Late ?? new(OracleTriggerKind.Records, 1) : Early))
        {
            FireIfFresh(window);
        }
    }

    private bool Asks(Open window, OracleTrigger? trigger)
    {
        switch (trigger?.Kind)
        {
            case OracleTriggerKind.Records when ++window.Count >= trigger.Amount:
                window.Count = 0;
                return true;
            case OracleTriggerKind.EventTime:
                window.Multiple ??= OracleTime.Saturate(
                    (Int128)OracleAssigners.FloorStart(watermark, trigger.Amount) + trigger.Amount);
                return false;
            case OracleTriggerKind.Delay:
                window.Alarm ??= now + trigger.Amount;
                return false;
            case OracleTriggerKind.Updates when window.Alarm is null:
                if (window.LastFired + trigger.Amount > now)
                {
                    window.Alarm = window.LastFired + trigger.Amount;
                    return false;
                }

                window.LastFired = now;
                return true;
            default:
                return false;
        }
    }

    private long Due(Open window)
    {
        long last = window.Completed ? OracleTime.Add(window.Window.End, lateness) : window.Window.End;
        return watermark >= last ? last : Math.Min(last, window.Multiple ?? OracleTime.Max);
    }

    private void Act(Open window)
    {
        if (!window.Completed && watermark >= window.Window.End)
        {
            window.Completed = true;
            (window.Count, window.Alarm, window.Multiple, window.LastFired) = (0, null, null, null);
            if (window.Fresh.Count > 0 || mode == OracleMode.Accumulating)
            {
                Emit(window, OracleTiming.OnTime);
            }
        }
        else if (window.Completed && IsExpired(window.Window))
        {
            FireIfFresh(window);
            open.Remove(window);
        }
        else
        {
            window.Multiple = null;
            FireIfFresh(window);
        }
    }

    private void FireIfFresh(Open window)
    {
        if (window.Fresh.Count > 0)
        {
            Emit(window, window.Completed ? OracleTiming.Late : OracleTiming.Early);
        }
    }

    private void Emit(Open window, OracleTiming timing)
    {
        Retract(window, timing);
        var content = mode == OracleMode.Discarding ? window.Fresh : window.Accepted;
        window.Last = new OraclePane<int, int>
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

    private void Retract(Open window, OracleTiming timing)
    {
        if (mode == OracleMode.Retracting && window.Last is { } last)
        {
            panes.Add(last with { IsRetraction = true, Timing = timing, IsFinal = false });
        }
    }

    private void Miss(OracleElement<int, int> element, List<OracleWindow> missed, bool wasAcceptedByOthers)
    {
        if (missed.Count > 0)
        {
            late.Add(new(
                element.Key, element.Timestamp, element.Value, watermark, missed, wasAcceptedByOthers));
        }
    }

    private bool IsExpired(OracleWindow window) => watermark >= OracleTime.Add(window.End, lateness);

    private static long? Least(long? one, long? other) => one is null || other < one ? other ?? one : one;

    private static long? Greatest(long? one, long? other) => one is null || other > one ? other ?? one : one;

    private sealed class Open(int key, OracleWindow window, long registered)
    {
        public int Key => key;

        public OracleWindow Window => window;

        public long Registered => registered;

        public List<(long Timestamp, long Order, int Value)> Accepted { get; } = [];

        public List<(long Timestamp, long Order, int Value)> Fresh { get; } = [];

        public OraclePane<int, int>? Last { get; set; }

        public bool Completed { get; set; }

        public long Count { get; set; }

        public long? Alarm { get; set; }

        public long? Multiple { get; set; }

        public long? LastFired { get; set; }
    }
}
