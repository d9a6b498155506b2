using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>
/// Finds windows that take the results of other windows and have less patience than these: a late pane has the event
/// time of its window, which the watermark has passed, so it is late further down too.
/// </summary>
internal static class LatenessCheck
{
    public static IEnumerable<string> WarningsOf(StreamGraph graph)
    {
        foreach (StreamNode node in graph.Nodes)
        {
            if (node is not { ClosesWindows: true, Results: { } own, WatermarkGranularity: not null })
            {
                continue;
            }

            foreach (StreamNode before in WindowsBefore(node))
            {
                if (before.Results is { } other && other.LatenessTicks > own.LatenessTicks)
                {
                    yield return Describe(node.Name, own, before.Name, other);
                }
            }
        }
    }

    private static string Describe(string name, WindowOptions own, string before, WindowOptions other)
    {
        var patience = new TimeSpan(other.LatenessTicks);
        string has = own.LatenessTicks == 0
            ? "has no allowed lateness"
            : $"allows {new TimeSpan(own.LatenessTicks)} only";
        return $"'{name}' takes the results of '{before}', which corrects them for {patience} after a window's end, "
            + $"but '{name}' itself {has}: corrections that come after its own windows have closed are dropped there "
            + $"as late. Call AllowLateness(TimeSpan) with at least {patience} on '{name}', "
            + $"or allow less on '{before}'.";
    }

    // The nearest on every way up, whatever the steps between make of the results.
    private static IEnumerable<StreamNode> WindowsBefore(StreamNode node)
    {
        var open = new Stack<StreamNode>(node.Inputs);
        var seen = new HashSet<StreamNode>();
        while (open.TryPop(out StreamNode? next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (next.ClosesWindows)
            {
                yield return next;
                continue;
            }

            foreach (StreamNode input in next.Inputs)
            {
                open.Push(input);
            }
        }
    }
}
