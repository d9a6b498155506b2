using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

/// <summary>Feeds generated cases to the oracle and writes contents so that two of them can be compared.</summary>
internal static class OracleReplay
{
    /// <summary>The oracle after the whole case, the end of time included.</summary>
    public static OracleWindows<int, int> Run(StreamCase stream)
    {
        var windows = new OracleWindows<int, int>(stream.Shape, stream.Lateness, stream.Mode);
        foreach (StreamStep step in stream.Steps())
        {
            Feed(windows, step);
        }

        return windows;
    }

    public static void Feed(OracleWindows<int, int> windows, StreamStep step)
    {
        switch (step)
        {
            case StreamStep.Batch batch:
                foreach (OracleElement<int, int> element in batch.Elements)
                {
                    windows.Element(element.Key, element.Timestamp, element.Value);
                }

                break;
            case StreamStep.Watermark watermark:
                windows.Watermark(watermark.Value);
                break;
            case StreamStep.FireEarly:
                windows.FireEarly();
                break;
            default:
                throw new ArgumentException($"Unknown step {step}.", nameof(step));
        }
    }

    /// <summary>One line per key and window with its values sorted, in a fixed order.</summary>
    public static IReadOnlyList<string> Describe(
        IEnumerable<KeyValuePair<(int Key, OracleWindow Window), IReadOnlyList<int>>> contents) =>
    [
        .. contents
            .OrderBy(c => c.Key.Key).ThenBy(c => c.Key.Window.Start).ThenBy(c => c.Key.Window.End)
            .Select(c => $"{c.Key.Key}{c.Key.Window} {{{string.Join(",", c.Value.Order())}}}"),
    ];

    /// <summary>The output of a merged watermark after each report.</summary>
    public static IReadOnlyList<long> Run(OracleWatermarkMerge merge, IEnumerable<MergeStep> steps) =>
        [.. steps.Select(step => Feed(merge, step))];

    private static long Feed(OracleWatermarkMerge merge, MergeStep step) => step.Signal switch
    {
        MergeSignal.Watermark => merge.Watermark(step.Input, step.Value),
        MergeSignal.Idle => merge.Idle(step.Input),
        MergeSignal.Active => merge.Active(step.Input),
        _ => merge.Done(step.Input),
    };
}
