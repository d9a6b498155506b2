namespace StreamKit.Tests.Oracle;

/// <summary>
/// A join in windows by complete lists and nested loops, straight from SEMANTICS 10 and 14: whatever was accepted is
/// remembered for ever, and every question is answered by looking at all of it.
/// </summary>
internal sealed class OracleJoin(OracleJoinKind kind, OracleShape shape, long lateness)
{
    private readonly List<Accepted> _left = [];
    private readonly List<Accepted> _right = [];
    private readonly List<string> _late = [];
    private long _watermark = OracleTime.Min;
    private int _unassigned;

    /// <summary>The records that missed a window, as text.</summary>
    public IReadOnlyList<string> Late => _late;

    public int Unassigned => _unassigned;

    /// <summary>Adds a record; returns what is said at once.</summary>
    public IReadOnlyList<string> Add(OracleElement<int, int> element, bool isLeft)
    {
        IReadOnlyList<OracleWindow> windows = OracleAssigners.Assign(shape, element.Timestamp);
        var missed = windows.Where(w => _watermark >= Expiry(w)).ToList();
        _unassigned += windows.Count == 0 ? 1 : 0;
        if (missed.Count > 0)
        {
            _late.Add($"{element} W={_watermark} missed {string.Join(' ', missed)} of {windows.Count}");
        }

        var said = new List<string>();
        foreach (OracleWindow window in windows.Except(missed))
        {
            (isLeft ? _left : _right).Add(new Accepted(window, element));
            if (kind != OracleJoinKind.CoGroup && _watermark >= window.End)
            {
                said.AddRange((isLeft ? _right : _left)
                    .Where(other => other.Window == window && other.Element.Key == element.Key)
                    .Select(other => isLeft
                        ? Pair(window, element, other.Element)
                        : Pair(window, other.Element, element)));
            }
        }

        return said;
    }

    /// <summary>Moves the watermark; returns what is said then.</summary>
    public IReadOnlyList<string> Advance(long watermark)
    {
        var said = new List<string>();
        foreach (OracleWindow window in _left.Concat(_right).Select(a => a.Window).Distinct())
        {
            if (kind != OracleJoinKind.CoGroup && Passes(window.End, watermark))
            {
                said.AddRange(Pairs(window));
            }

            if (Passes(Expiry(window), watermark))
            {
                said.AddRange(kind == OracleJoinKind.CoGroup ? Groups(window) : Alone(window));
            }
        }

        _watermark = Math.Max(_watermark, watermark);
        return said;
    }

    public static string Pair(OracleWindow window, OracleElement<int, int> left, OracleElement<int, int> right) =>
        $"{window} {left} with {right}";

    public static string Alone(OracleWindow window, OracleElement<int, int> element, bool isLeft) =>
        $"{window} {(isLeft ? "left" : "right")} {element} alone";

    public static string Group(
        OracleWindow window,
        int key,
        IEnumerable<OracleElement<int, int>> left,
        IEnumerable<OracleElement<int, int>> right) =>
        $"{window} {key}: {string.Join(',', left)} | {string.Join(',', right)}";

    private bool Passes(long instant, long watermark) => _watermark < instant && watermark >= instant;

    private long Expiry(OracleWindow window) => OracleTime.Add(window.End, lateness);

    private IEnumerable<string> Pairs(OracleWindow window) =>
        from left in In(_left, window)
        from right in In(_right, window)
        where left.Key == right.Key
        select Pair(window, left, right);

    private IEnumerable<string> Alone(OracleWindow window)
    {
        bool left = kind is OracleJoinKind.Left or OracleJoinKind.Full;
        bool right = kind is OracleJoinKind.Right or OracleJoinKind.Full;
        return In(_left, window).Where(l => left && In(_right, window).All(r => r.Key != l.Key))
            .Select(l => Alone(window, l, isLeft: true))
            .Concat(In(_right, window).Where(r => right && In(_left, window).All(l => l.Key != r.Key))
                .Select(r => Alone(window, r, isLeft: false)));
    }

    // OrderBy is stable: equal times stay as they arrived.
    private IEnumerable<string> Groups(OracleWindow window) =>
        from key in In(_left, window).Concat(In(_right, window)).Select(e => e.Key).Distinct()
        select Group(
            window,
            key,
            In(_left, window).Where(e => e.Key == key).OrderBy(e => e.Timestamp),
            In(_right, window).Where(e => e.Key == key).OrderBy(e => e.Timestamp));

    private static IEnumerable<OracleElement<int, int>> In(List<Accepted> side, OracleWindow window) =>
        side.Where(a => a.Window == window).Select(a => a.Element);

    private readonly record struct Accepted(OracleWindow Window, OracleElement<int, int> Element);
}
