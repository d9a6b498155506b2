namespace StreamKit.Tests.Oracle;

/// <summary>Sessions that end by a pause, by a longest duration and by an end marker (SEMANTICS 7.7).</summary>
/// <param name="Gap">The pause.</param>
/// <param name="MaxDuration">The longest duration; <see cref="OracleTime.Max"/>: none.</param>
/// <param name="MarkEvery">
/// Elements whose value is divisible by it end their session; 0: none do. The value travels with the element, so a
/// marker stays a marker whenever it arrives.
/// </param>
public sealed record OracleSessionCaps(long Gap, long MaxDuration, int MarkEvery = 0)
{
    public bool Ends(int value) => MarkEvery > 0 && value % MarkEvery == 0;

    /// <summary>The sessions of one key, straight from the definition: a walk over the elements by timestamp.</summary>
    public List<(OracleWindow Window, List<T> Elements)> Cut<T>(
        IEnumerable<T> elements, Func<T, long> timestamp, Func<T, bool> ends)
    {
        var sessions = new List<(OracleWindow Window, List<T> Elements)>();
        foreach (T element in elements.OrderBy(timestamp))
        {
            long at = timestamp(element);
            if (sessions.Count == 0 || at >= sessions[^1].Window.End)
            {
                sessions.Add((new OracleWindow(at, OracleTime.Min), []));
            }

            (OracleWindow window, List<T> inside) = sessions[^1];
            inside.Add(element);

            // An element at the timestamp of a marker is in the marker's session, wherever the two stand in the walk.
            bool isMarked = inside.Any(e => ends(e) && timestamp(e) == at);
            long cap = MaxDuration == OracleTime.Max ? OracleTime.Max : OracleTime.Add(window.Start, MaxDuration);
            long end = isMarked ? at + 1 : Math.Min(OracleTime.Add(at, Gap), cap);
            sessions[^1] = (window with { End = end }, inside);
        }

        return sessions;
    }

    /// <summary>The batch answer for all keys.</summary>
    public Dictionary<(int Key, OracleWindow Window), IReadOnlyList<int>> Batch(
        IEnumerable<OracleElement<int, int>> elements) => elements
        .GroupBy(e => e.Key)
        .SelectMany(ofKey => Cut(ofKey, e => e.Timestamp, e => Ends(e.Value)).Select(s => (ofKey.Key, Session: s)))
        .ToDictionary(
            s => (s.Key, s.Session.Window),
            s => (IReadOnlyList<int>)[.. s.Session.Elements.Select(e => e.Value)]);

    public override string ToString() =>
        $"gap {Gap}, at most {(MaxDuration == OracleTime.Max ? "any" : MaxDuration)}, marked every {MarkEvery}";
}
