namespace StreamKit.Tests.Oracle;

/// <summary>
/// Look-backs, after SEMANTICS 10.3 and 13.4: all that was accepted is kept, and looked through for each result.
/// </summary>
internal sealed class OracleLookBack(long length)
{
    private readonly List<OracleElement<int, int>> _accepted = [];
    private readonly List<OracleElement<int, int>> _waiting = [];
    private long _watermark = OracleTime.Min;

    /// <summary>Each element with what it looks back on, by event time and then by arrival.</summary>
    public List<(OracleElement<int, int> Element, IReadOnlyList<OracleElement<int, int>> Content)> Results { get; } =
        [];

    public List<OracleLate<int, int>> Late { get; } = [];

    /// <summary>What an element looks back on, of all there is.</summary>
    public static IReadOnlyList<OracleElement<int, int>> Content(
        OracleElement<int, int> element, IEnumerable<OracleElement<int, int>> all, long length) =>
        [
            .. all
                .Where(e => e.Key == element.Key && e.Timestamp <= element.Timestamp
                    && (Int128)e.Timestamp > (Int128)element.Timestamp - length)
                .OrderBy(e => e.Timestamp),
        ];

    public void Element(OracleElement<int, int> element)
    {
        if (element.Timestamp >= _watermark)
        {
            _accepted.Add(element);
            _waiting.Add(element);
            return;
        }

        // Whatever comes later has at least the watermark's time.
        bool others = _watermark != OracleTime.Max
            && (Int128)element.Timestamp > (Int128)_watermark - length;
        if (others)
        {
            _accepted.Add(element);
        }

        OracleWindow own = new(
            OracleTime.Add(OracleTime.Subtract(element.Timestamp, length), 1), element.Timestamp + 1);
        Late.Add(new(element.Key, element.Timestamp, element.Value, _watermark, [own], others));
    }

    public void Watermark(long watermark)
    {
        _watermark = Math.Max(_watermark, watermark);
        foreach (OracleElement<int, int> due in
            _waiting.Where(e => e.Timestamp < _watermark).OrderBy(e => e.Timestamp).ToList())
        {
            Results.Add((due, Content(due, _accepted, length)));
            _waiting.Remove(due);
        }
    }
}
