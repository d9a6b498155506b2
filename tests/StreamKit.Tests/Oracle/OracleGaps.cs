using StreamKit.Windowing;

namespace StreamKit.Tests.Oracle;

/// <summary>
/// Fills gaps in the plainest way: after every result and watermark it works out anew what fills which window, from all
/// results that ever came, and says what is different.
/// </summary>
internal sealed class OracleGaps(long size, long every, long seenWithin, long lateness, bool retracts)
{
    private readonly SortedDictionary<(long End, int Key), WindowResult<int, string>> _own = [];
    private readonly SortedDictionary<(long End, int Key), string> _filled = [];
    private readonly Dictionary<(long End, int Key), int> _said = [];
    private long _watermark = OracleTime.Min;

    public required Func<WindowResult<int, string>, Window, string> Fill { get; init; }

    /// <summary>All results, own and filled.</summary>
    public List<WindowResult<int, string>> Results { get; } = [];

    /// <summary>What stands at the end for each key and window.</summary>
    public IEnumerable<string> Net =>
        _own.Select(pair => $"{pair.Key.Key} {pair.Key.End} {pair.Value.Value}")
            .Concat(_filled.Select(pair => $"{pair.Key.Key} {pair.Key.End} {pair.Value} filled"));

    public void Take(WindowResult<int, string> result)
    {
        (long End, int Key) at = (result.Window.EndTime.Ticks, result.Key);
        if (!result.Pane.IsRetraction)
        {
            if (_filled.Remove(at, out string? filled) && retracts)
            {
                Say(at, filled, new Pane(PaneTiming.Late, _said[at] - 1, isRetraction: true, isFilled: true));
            }

            _own[at] = result;
        }

        Pane pane = result.Pane;
        int index = pane.Index + _said.GetValueOrDefault(at);
        Say(at, result.Value, new Pane(pane.Timing, index, pane.IsFinal, pane.IsRetraction));
        Settle(PaneTiming.Late);
    }

    public void Advance(long watermark)
    {
        _watermark = watermark;
        Settle(PaneTiming.OnTime);
    }

    private void Settle(PaneTiming timing)
    {
        foreach (((long End, int Key) at, string value) in Desired())
        {
            bool stands = _filled.TryGetValue(at, out string? before);
            if (stands && before == value)
            {
                continue;
            }

            if (stands && retracts)
            {
                Say(at, before!, new Pane(PaneTiming.Late, _said[at] - 1, isRetraction: true, isFilled: true));
            }

            _filled[at] = value;
            int index = _said.GetValueOrDefault(at);
            _said[at] = index + 1;
            bool isFinal = _watermark >= OracleTime.Add(at.End, lateness);
            Say(at, value, new Pane(timing, index, isFinal, isFilled: true));
        }
    }

    private SortedDictionary<(long End, int Key), string> Desired()
    {
        var desired = new SortedDictionary<(long End, int Key), string>();
        foreach (((long end, int key), WindowResult<int, string> own) in _own)
        {
            for (long gap = end + every; gap - end <= seenWithin && gap <= _watermark; gap += every)
            {
                if (_own.ContainsKey((gap, key)))
                {
                    break;
                }

                desired[(gap, key)] = Fill(own, Window.OfTicks(gap - size, gap));
            }
        }

        return desired;
    }

    private void Say((long End, int Key) at, string value, Pane pane) =>
        Results.Add(new(at.Key, Window.OfTicks(at.End - size, at.End), value, pane));
}
