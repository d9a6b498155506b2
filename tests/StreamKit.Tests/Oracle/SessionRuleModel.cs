namespace StreamKit.Tests.Oracle;

/// <summary>Counts the sessions of one key without lateness under any of the rules, to show which of them
/// are sound.</summary>
internal sealed class SessionRuleModel(long gap, SessionRule rule)
{
    private readonly List<(OracleWindow Window, int Count)> open = [];
    private readonly List<(OracleWindow Window, int Count)> closed = [];
    private long current = OracleTime.Min;

    /// <summary>The closed sessions by start.</summary>
    public IReadOnlyList<(OracleWindow Window, int Count)> Closed => [.. closed.OrderBy(c => c.Window.Start)];

    public int Dropped { get; private set; }

    /// <summary>The sessions of the whole stream at once.</summary>
    public static IReadOnlyList<(OracleWindow Window, int Count)> Batch(
        IEnumerable<long> timestamps, long gap, SessionRule rule)
    {
        var model = new SessionRuleModel(gap, rule);
        foreach (long timestamp in timestamps)
        {
            model.Element(timestamp);
        }

        model.Watermark(OracleTime.Max);
        return model.Closed;
    }

    public void Element(long timestamp)
    {
        OracleWindow own = OracleAssigners.Session(timestamp, gap);
        var met = open.Where(o => Merges(o.Window, own)).ToList();
        OracleWindow union = met.Aggregate(own, (all, one) => all.Union(one.Window));
        if (IsClosed(union))
        {
            Dropped++;
            return;
        }

        open.RemoveAll(met.Contains);
        open.Add((union, met.Sum(o => o.Count) + 1));
    }

    public void Watermark(long watermark)
    {
        current = Math.Max(current, watermark);
        closed.AddRange(open.Where(o => IsClosed(o.Window)));
        open.RemoveAll(o => IsClosed(o.Window));
    }

    private bool Merges(OracleWindow a, OracleWindow b) =>
        a.Overlaps(b) || (rule != SessionRule.HalfOpen && (a.End == b.Start || b.End == a.Start));

    private bool IsClosed(OracleWindow window) =>
        current >= (rule == SessionRule.GapInclusive ? OracleTime.Add(window.End, 1) : window.End);
}
