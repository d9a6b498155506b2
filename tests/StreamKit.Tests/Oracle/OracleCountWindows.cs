namespace StreamKit.Tests.Oracle;

/// <summary>Windows by count, after SEMANTICS 8: everything is kept, and every window cut out of it.</summary>
internal sealed class OracleCountWindows(int size, int every, bool emitsPartial)
{
    private readonly Dictionary<int, List<OracleElement<int, int>>> _keys = [];

    /// <summary>What full windows and those at the start of a key say, in order.</summary>
    public List<OracleCountWindow> Results { get; } = [];

    /// <summary>What the end of the stream adds, by key.</summary>
    public List<OracleCountWindow> CutOff { get; } = [];

    public int Unassigned { get; private set; }

    public void Element(OracleElement<int, int> element)
    {
        if (!_keys.TryGetValue(element.Key, out List<OracleElement<int, int>>? all))
        {
            _keys.Add(element.Key, all = []);
        }

        Unassigned += all.Count % every < every - size ? 1 : 0;
        all.Add(element);
        if (all.Count % every == 0 && (all.Count >= size || emitsPartial))
        {
            var content = all.TakeLast(size).ToList();
            Results.Add(new(element.Key, content.Min(e => e.Timestamp), content.Max(e => e.Timestamp) + 1, content));
        }
    }

    public void End()
    {
        foreach ((int key, List<OracleElement<int, int>> all) in _keys.OrderBy(k => k.Key))
        {
            int nextEnd = ((all.Count / every) + 1) * every;
            var content = all.Skip(nextEnd - size).ToList();
            if (emitsPartial && all.Count % every != 0 && content.Count > 0)
            {
                CutOff.Add(new(key, content.Min(e => e.Timestamp), OracleTime.Max, content));
            }
        }
    }
}
