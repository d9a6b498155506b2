using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>What a step says that would count results which replace each other.</summary>
internal static class RepeatedResults
{
    public static IEnumerable<string> Validate(StreamNode node)
    {
        if (node.Inputs[0].Results is { CanRepeat: true, Mode: not PaneMode.Discarding })
        {
            yield return $"'{node.Name}' would count results several times: the windows before it emit more than one "
                + "result for a key and window (early firing or allowed lateness), each replacing the one before. "
                + "Use Panes(PaneMode.Discarding) there, leave out Early and AllowLateness, "
                + "or call AsAppend() before KeyBy if every result is to count.";
        }
    }
}
