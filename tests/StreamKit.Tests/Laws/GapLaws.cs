using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>
/// Gaps are filled as the oracle fills them, however batches are cut, on any lanes, however slow the output.
/// </summary>
public class GapLaws
{
    [Fact]
    public void EveryFilledResultOfAnHonestStreamIsTheOracles() =>
        Law.Holds(StreamArbitraries.Streams(), stream => SaysWhatTheOracleSays(Fitted(stream), straight: true));

    [Fact]
    public void EveryFilledResultOfAHastyStreamIsTheOracles() =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty => SaysWhatTheOracleSays(Fitted(hasty.Case), straight: true));

    [Fact]
    public void ResultsThatAreExchangedByKeyFirstAreFilledTheSame() => Law.Holds(
        StreamArbitraries.HastyStreams(), hasty => SaysWhatTheOracleSays(Fitted(hasty.Case), straight: false));

    [Fact]
    public void AWatermarkThatJumpsFillsNoMoreThanTheSpan() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        StreamCase fitted = Fitted(stream) with { EarlyFirings = [], Lateness = 0 };
        long every = fitted.Shape.Slide;
        using var test = Run(fitted, 3 * every, static (_, _) => "gap", straight: true);
        Feed(test, fitted);

        Assert.InRange(
            test.Outputs.Count(w => w.Pane.IsFilled), 0, 3 * test.Outputs.Count(w => !w.Pane.IsFilled));
        Assert.All(test.Outputs.Where(w => w.Pane.IsFilled), filled => Assert.Contains(test.Outputs, own =>
            !own.Pane.IsFilled && own.Key == filled.Key && own.Window < filled.Window
                && filled.Window.EndTime.Ticks - own.Window.EndTime.Ticks <= 3 * every));
        test.ExpectNoState();
    });

    private static void SaysWhatTheOracleSays(StreamCase stream, bool straight)
    {
        long every = stream.Shape.Slide;
        long seenWithin = (every * (1 + (stream.Elements.Count % 4))) + (stream.Bound % every);
        Func<WindowResult<int, string>, Window, string> fill = stream.Lateness % 2 == 0
            ? static (last, gap) => $"{last.Value}+{gap.EndTime.Ticks - last.Window.EndTime.Ticks}"
            : static (_, _) => "0";
        var oracle = new OracleGaps(
            stream.Shape.Size, every, seenWithin, stream.Lateness, stream.Mode == OracleMode.Retracting)
        {
            Fill = fill,
        };
        using var own = EngineRun.Of(stream, EngineRun.InTicks with { Lanes = [1], RandomReplays = 0 });
        using var test = Run(stream, seenWithin, fill, straight);
        int seen = 0;
        foreach (StreamStep step in EngineRun.Steps(stream))
        {
            EngineRun.Feed(own, step);
            Step(test, step);
            for (; seen < own.Outputs.Count; seen++)
            {
                oracle.Take(own.Outputs[seen]);
            }

            if (step is StreamStep.Watermark { Value: var watermark })
            {
                oracle.Advance(watermark);
            }
        }

        Assert.Equal(InOrder(oracle.Results), InOrder(test.Outputs));
        Assert.Equal(oracle.Net.Order(), Net(test.Outputs, stream.Mode == OracleMode.Retracting).Order());
        test.ExpectNoState();
    }

    private static StreamTest<OracleElement<int, int>, WindowResult<int, string>> Run(
        StreamCase stream,
        long seenWithin,
        Func<WindowResult<int, string>, Window, string> fill,
        bool straight) => StreamTest.For(
        (DataStream<OracleElement<int, int>> input) =>
        {
            WindowedStream<int, OracleElement<int, int>> windows = OrderLaws.Timed(stream, input)
                .KeyBy(e => e.Key)
                .Window(EngineRun.Assigner(stream.Shape))
                .AllowLateness(TimeSpan.FromTicks(stream.Lateness))
                .Panes((PaneMode)stream.Mode);
            if (stream.EarlyFirings.Count > 0)
            {
                windows = windows.Early(TimeSpan.FromTicks(1));
            }

            DataStream<WindowResult<int, string>> results =
                windows.Aggregate(a => string.Join(',', a.ToList(e => e.Value)));
            return (straight ? results : results.Where(_ => true)).FillGaps(TimeSpan.FromTicks(seenWithin), fill);
        },
        EngineRun.InTicks);

    // Windows of one size, and panes that each cover the whole window.
    private static StreamCase Fitted(StreamCase stream) => stream with
    {
        Shape = stream.Shape.Kind == OracleShapeKind.Session
            ? OracleShape.Hopping(stream.Shape.Size, 1 + (stream.Shape.Size / 2), stream.Bound)
            : stream.Shape,
        Mode = stream.Mode == OracleMode.Discarding ? OracleMode.Accumulating : stream.Mode,
    };

    // The keys that one watermark fires or fills in one window come in a fixed order, but not in the oracle's.
    private static List<string> InOrder(IReadOnlyList<WindowResult<int, string>> results)
    {
        var text = new List<string>();
        for (int at = 0; at < results.Count;)
        {
            WindowResult<int, string> first = results[at];
            List<WindowResult<int, string>> firing =
            [
                .. results.Skip(at).TakeWhile(w => w.Window == first.Window && w.Pane.Timing == first.Pane.Timing
                    && w.Pane.IsFilled == first.Pane.IsFilled),
            ];
            at += firing.Count;
            IEnumerable<WindowResult<int, string>> ordered =
                first.Pane.Timing == PaneTiming.Late ? firing : firing.OrderBy(w => w.Key);
            text.AddRange(ordered.Select(Text));
        }

        return text;
    }

    private static List<string> Net(IEnumerable<WindowResult<int, string>> results, bool retracts)
    {
        var standing = new Dictionary<(int Key, long End), string>();
        foreach (WindowResult<int, string> result in results)
        {
            (int Key, long End) at = (result.Key, result.Window.EndTime.Ticks);
            string text = $"{at.Key} {at.End} {result.Value}{(result.Pane.IsFilled ? " filled" : "")}";
            if (result.Pane.IsRetraction)
            {
                Assert.Equal(standing[at], text);
                standing.Remove(at);
            }
            else
            {
                Assert.False(retracts && standing.ContainsKey(at), $"{text} replaces what was not taken back");
                standing[at] = text;
            }
        }

        return [.. standing.Values];
    }

    private static string Text(WindowResult<int, string> w) =>
        $"{w.Key} [{w.Window.StartTime.Ticks}, {w.Window.EndTime.Ticks}) {w.Value} {w.Pane}";

    private static void Feed<TOut>(StreamTest<OracleElement<int, int>, TOut> test, StreamCase stream)
    {
        foreach (StreamStep step in EngineRun.Steps(stream))
        {
            Step(test, step);
        }
    }

    private static void Step<TOut>(StreamTest<OracleElement<int, int>, TOut> test, StreamStep step)
    {
        switch (step)
        {
            case StreamStep.Batch batch:
                foreach (OracleElement<int, int> element in batch.Elements)
                {
                    test.Push(element);
                }

                break;
            case StreamStep.Watermark { Value: OracleTime.Max }:
                test.End();
                break;
            case StreamStep.Watermark watermark:
                test.Watermark(watermark.Value);
                break;
            case StreamStep.FireEarly:
                test.ProcessingTime(TimeSpan.FromTicks(1));
                break;
        }
    }
}
