namespace StreamKit.Tests.Oracle;

/// <summary>What a reader of all panes is left with: per key and window the elements that count in the end.</summary>
internal static class OracleNet
{
    /// <summary>Replaces (accumulating), adds up (discarding) or takes back and adds (retracting), pane
    /// after pane.</summary>
    /// <exception cref="InvalidOperationException">A retraction withdraws something that is not there.</exception>
    public static Dictionary<(TKey Key, OracleWindow Window), IReadOnlyList<TValue>> Of<TKey, TValue>(
        OracleMode mode, IEnumerable<OraclePane<TKey, TValue>> panes)
        where TKey : notnull
    {
        var net = new Dictionary<(TKey Key, OracleWindow Window), List<TValue>>();
        foreach (OraclePane<TKey, TValue> pane in panes)
        {
            (TKey Key, OracleWindow Window) place = (pane.Key, pane.Window);
            List<TValue> content = net.TryGetValue(place, out List<TValue>? before) ? before : net[place] = [];
            if (pane.IsRetraction)
            {
                TakeBack(content, pane);
                continue;
            }

            if (mode == OracleMode.Accumulating)
            {
                content.Clear();
            }

            content.AddRange(pane.Values);
        }

        return net.Where(n => n.Value.Count > 0).ToDictionary(n => n.Key, n => (IReadOnlyList<TValue>)n.Value);
    }

    private static void TakeBack<TKey, TValue>(List<TValue> content, OraclePane<TKey, TValue> pane)
        where TKey : notnull
    {
        foreach (TValue value in pane.Values)
        {
            if (!content.Remove(value))
            {
                throw new InvalidOperationException($"{pane} withdraws {value}, which is not there.");
            }
        }
    }
}
