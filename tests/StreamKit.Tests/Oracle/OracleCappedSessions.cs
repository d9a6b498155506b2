namespace StreamKit.Tests.Oracle;

/// <summary>What a keyed operator over capped sessions must emit, kept as simple as the rules themselves.</summary>
/// <remarks>
/// It keeps the elements of all sessions that have not expired and cuts all of them anew for each one that comes. A
/// session is a window: with other bounds it is another one, whose panes count anew. What an element changes goes out
/// at once: first what has vanished is taken back, by start, then what is complete is said, by start.
/// </remarks>
internal sealed class OracleCappedSessions(OracleSessionCaps caps, long lateness, OracleMode mode)
{
    private readonly Dictionary<int, OfKey> keys = [];
    private readonly List<OraclePane<int, int>> panes = [];
    private readonly List<OracleLate<int, int>> late = [];
    private long arrivals;

    public long CurrentWatermark { get; private set; } = OracleTime.Min;

    public IReadOnlyList<OraclePane<int, int>> Panes => panes;

    public IReadOnlyList<OracleLate<int, int>> Late => late;

    public bool IsEmpty => keys.Count == 0;

    public void Element(int key, long timestamp, int value)
    {
        OfKey state = keys.TryGetValue(key, out OfKey? known) ? known : new OfKey();
        var arrival = new Arrival(timestamp, arrivals++, value);
        var after = Cut([.. state.Open.SelectMany(s => s.Content), arrival]);
        OracleWindow own = after.Single(s => s.Elements.Contains(arrival)).Window;
        if (timestamp < state.Floor)
        {
            // It lies in or before a session that has expired, alone. Where it would still be open alone, it missed
            // the time up to the end of that session.
            own = Cut([arrival]).Single().Window;
            Miss(key, arrival, IsExpired(own) ? own : own with { End = state.Floor });
            return;
        }

        if (IsExpired(own))
        {
            Miss(key, arrival, own);
            return;
        }

        keys[key] = state;
        Replace(key, state, after, arrival);
    }

    public void Watermark(long watermark)
    {
        if (watermark <= CurrentWatermark)
        {
            return;
        }

        long before = CurrentWatermark;
        CurrentWatermark = watermark;
        foreach ((int key, Session session) in InOrder(s => before < s.Window.End && s.Window.End <= watermark))
        {
            if (mode == OracleMode.Accumulating || session.HasNews)
            {
                Emit(key, session, OracleTiming.OnTime);
            }
        }

        foreach ((int key, OfKey state) in keys.ToList())
        {
            foreach (Session session in state.Open.Where(s => IsExpired(s.Window)).ToList())
            {
                state.Floor = Math.Max(state.Floor, session.Window.End);
                state.Open.Remove(session);
            }

            // A key is forgotten when no element below its floor could make a session that is not expired.
            long longest = Math.Min(caps.Gap, caps.MaxDuration);
            if (state.Open.Count == 0
                && CurrentWatermark >= OracleTime.Add(OracleTime.Add(state.Floor - 1, longest), lateness))
            {
                keys.Remove(key);
            }
        }
    }

    public void FireEarly()
    {
        foreach ((int key, Session session) in InOrder(s => !IsComplete(s.Window) && s.HasNews))
        {
            Emit(key, session, OracleTiming.Early);
        }
    }

    private void Replace(
        int key, OfKey state, List<(OracleWindow Window, List<Arrival> Elements)> after, Arrival arrival)
    {
        foreach (Session gone in state.Open.Where(s => after.All(a => a.Window != s.Window)))
        {
            Retract(key, gone, IsComplete(gone.Window) ? OracleTiming.Late : OracleTiming.Early);
        }

        var changed = new List<Session>();
        var open = new List<Session>();
        foreach ((OracleWindow window, List<Arrival> elements) in after)
        {
            Session? same = state.Open.Find(s => s.Window == window);
            Session session = same ?? new Session(window);
            (session.Content, session.HasNews) = (elements, session.HasNews || elements.Contains(arrival));
            if (same is null)
            {
                session.HasNews = mode != OracleMode.Discarding || elements.Any(e => !e.IsSaid);
            }

            if (same is null || elements.Contains(arrival))
            {
                changed.Add(session);
            }

            open.Add(session);
        }

        state.Open = open;
        foreach (Session session in changed.Where(s => IsComplete(s.Window) && s.HasNews))
        {
            Emit(key, session, OracleTiming.Late);
        }
    }

    private void Emit(int key, Session session, OracleTiming timing)
    {
        Retract(key, session, timing);
        session.Last = new OraclePane<int, int>
        {
            Key = key,
            Start = session.Window.Start,
            End = session.Window.End,
            Values = [.. session.Content.Where(e => mode != OracleMode.Discarding || !e.IsSaid).Select(e => e.Value)],
            Timing = timing,
            Index = session.Last is null ? 0 : session.Last.Index + 1,
            IsFinal = IsExpired(session.Window),
        };
        panes.Add(session.Last);
        session.HasNews = false;
        session.Content.ForEach(e => e.IsSaid = true);
    }

    private void Retract(int key, Session session, OracleTiming timing)
    {
        if (mode == OracleMode.Retracting && session.Last is { } last)
        {
            panes.Add(last with { IsRetraction = true, Timing = timing, IsFinal = false });
        }
    }

    private void Miss(int key, Arrival arrival, OracleWindow window) =>
        late.Add(new(key, arrival.Timestamp, arrival.Value, CurrentWatermark, [window], false));

    private List<(OracleWindow Window, List<Arrival> Elements)> Cut(IEnumerable<Arrival> elements) =>
        caps.Cut(elements.OrderBy(e => e.Order), e => e.Timestamp, e => caps.Ends(e.Value));

    private List<(int Key, Session Session)> InOrder(Func<Session, bool> isMeant) =>
    [
        .. keys.SelectMany(k => k.Value.Open.Where(isMeant).Select(s => (k.Key, Session: s)))
            .OrderBy(s => s.Session.Window.End)
            .ThenBy(s => s.Session.Window.Start)
            .ThenBy(s => s.Session.Content.Min(e => e.Order)),
    ];

    private bool IsComplete(OracleWindow window) => CurrentWatermark >= window.End;

    private bool IsExpired(OracleWindow window) => CurrentWatermark >= OracleTime.Add(window.End, lateness);

    private sealed class Arrival(long timestamp, long order, int value)
    {
        public long Timestamp => timestamp;

        public long Order => order;

        public int Value => value;

        /// <summary>Whether some pane has held it; only discarding panes ask.</summary>
        public bool IsSaid { get; set; }
    }

    private sealed class Session(OracleWindow window)
    {
        public OracleWindow Window => window;

        public List<Arrival> Content { get; set; } = [];

        public bool HasNews { get; set; }

        public OraclePane<int, int>? Last { get; set; }
    }

    private sealed class OfKey
    {
        /// <summary>By start; never expired.</summary>
        public List<Session> Open { get; set; } = [];

        /// <summary>The end of the last session that expired; no later session reaches below it.</summary>
        public long Floor { get; set; } = OracleTime.Min;
    }
}
