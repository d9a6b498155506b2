namespace StreamKit.Tests.Oracle;

/// <summary>The batch answer: the content of every window when the whole stream is known at once.</summary>
internal static class OracleBatch
{
    /// <summary>Per key and window its elements by timestamp, ties in the order given.</summary>
    public static Dictionary<(TKey Key, OracleWindow Window), IReadOnlyList<TValue>> Windows<TKey, TValue>(
        IEnumerable<OracleElement<TKey, TValue>> elements, OracleShape shape)
        where TKey : notnull
    {
        var sorted = elements.OrderBy(e => e.Timestamp).ToList();
        return shape.Kind == OracleShapeKind.Session
            ? Sessions(sorted, shape.Size)
            : Aligned(sorted, shape);
    }

    private static Dictionary<(TKey, OracleWindow), IReadOnlyList<TValue>> Aligned<TKey, TValue>(
        List<OracleElement<TKey, TValue>> sorted, OracleShape shape)
        where TKey : notnull
    {
        return sorted
            .SelectMany(e => OracleAssigners.Assign(shape, e.Timestamp).Select(w => (Place: (e.Key, w), e.Value)))
            .GroupBy(p => p.Place, p => p.Value)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<TValue>)g.ToList());
    }

    private static Dictionary<(TKey, OracleWindow), IReadOnlyList<TValue>> Sessions<TKey, TValue>(
        List<OracleElement<TKey, TValue>> sorted, long gap)
        where TKey : notnull
    {
        var result = new Dictionary<(TKey, OracleWindow), IReadOnlyList<TValue>>();
        foreach (IGrouping<TKey, OracleElement<TKey, TValue>> ofKey in sorted.GroupBy(e => e.Key))
        {
            foreach (List<OracleElement<TKey, TValue>> session in CutAtPauses([.. ofKey], gap))
            {
                var window = new OracleWindow(session[0].Timestamp, OracleTime.Add(session[^1].Timestamp, gap));
                result.Add((ofKey.Key, window), [.. session.Select(e => e.Value)]);
            }
        }

        return result;
    }

    private static List<List<OracleElement<TKey, TValue>>> CutAtPauses<TKey, TValue>(
        List<OracleElement<TKey, TValue>> sorted, long gap)
    {
        var sessions = new List<List<OracleElement<TKey, TValue>>>();
        foreach (OracleElement<TKey, TValue> element in sorted)
        {
            // A pause of exactly the gap ends the session: touching sessions do not merge.
            if (sessions.Count == 0 || element.Timestamp >= OracleTime.Add(sessions[^1][^1].Timestamp, gap))
            {
                sessions.Add([]);
            }

            sessions[^1].Add(element);
        }

        return sessions;
    }
}
