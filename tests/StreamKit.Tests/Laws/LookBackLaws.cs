using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>
/// Look-backs say what the oracle says; the replays of the harness bring lanes, batches and back-pressure.
/// </summary>
public class LookBackLaws
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryResultOfAnHonestStreamIsTheOraclesResult(int form) =>
        Law.Holds(LookBackCase.Honest(), look => SaysWhatTheOracleSays(look, form));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryResultOfAHastyStreamIsTheOraclesResult(int form) =>
        Law.Holds(LookBackCase.Hasty(), look => SaysWhatTheOracleSays(look, form));

    [Fact]
    public void WithinTheBoundTheStreamEqualsTheBatchThroughTheRealWatermarks() =>
        Law.Holds(LookBackCase.Honest(), look =>
        {
            IReadOnlyList<OracleElement<int, int>> elements = look.Stream.Elements;
            using var test = Of(look, 2, EngineRun.InTicks with { GenerateWatermarks = true });
            foreach (OracleElement<int, int> element in elements)
            {
                test.Push(element);
            }

            test.End().ExpectNoState().ExpectLate();
            Assert.Equal(
                elements.OrderBy(e => e.Timestamp).Select(e =>
                    $"{e} {SlidingQuestion.Answer(OracleLookBack.Content(e, elements, look.Length), 2)}"),
                test.Outputs);
        });

    [Fact]
    public void AResultHasTheTimeOfItsRecordSoNoneIsLateInAFurtherWindow() => Law.Holds(LookBackCase.Honest(), look =>
    {
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) =>
            {
                DataStream<WindowResult<int, long>> counts = input
                    .WithEventTime(e => new Timestamp(e.Timestamp), Watermarks.Monotonic())
                    .KeyBy(e => e.Key).Window(TimeWindows.LookBack(new TimeSpan(look.Length))).Count()
                    .KeyBy(w => w.Key).Window(TimeWindows.Tumbling(new TimeSpan(look.Stream.Shape.Size)))
                    .SideOutputLate(out DataStream<Late<WindowResult<int, long>>> late).Count();
                return (counts, late);
            },
            EngineRun.InTicks);
        foreach (StreamStep step in EngineRun.Steps(look.Stream))
        {
            EngineRun.Feed(test, step);
        }

        test.ExpectLate().ExpectNoState();
        Assert.Equal(
            OracleBatch.Windows(look.Stream.Elements, OracleShape.Tumbling(look.Stream.Shape.Size))
                .Select(w => $"{w.Key.Key} {w.Key.Window.Start} {w.Value.Count}").Order(),
            test.Outputs.Select(w => $"{w.Key} {w.Window.StartTime.Ticks} {w.Value}").Order());
    });

    internal static void SaysWhatTheOracleSays(LookBackCase look, int form)
    {
        var oracle = new OracleLookBack(look.Length);
        using var test = Of(look, form, EngineRun.InTicks);
        foreach (StreamStep step in EngineRun.Steps(look.Stream))
        {
            EngineRun.Feed(test, step);
            switch (step)
            {
                case StreamStep.Batch batch:
                    batch.Elements.ToList().ForEach(oracle.Element);
                    break;
                case StreamStep.Watermark watermark:
                    oracle.Watermark(watermark.Value);
                    break;
            }
        }

        Assert.Equal(
            oracle.Results.Select(r => $"{r.Element} {SlidingQuestion.Answer(r.Content, form)}"), test.Outputs);
        Assert.Equal(oracle.Late.Select(EngineRun.ToText), test.LateRecords.Select(EngineRun.ToText));
        test.ExpectNoState();
    }

    private static StreamTest<OracleElement<int, int>, string, OracleElement<int, int>> Of(
        LookBackCase look, int form, StreamTestOptions options) => StreamTest.For(
        (DataStream<OracleElement<int, int>> input) =>
        {
            WindowedStream<int, OracleElement<int, int>> windows = input
                .WithEventTime(
                    e => new Timestamp(e.Timestamp),
                    Watermarks.BoundedOutOfOrderness(new TimeSpan(look.Stream.Bound)))
                .KeyBy(e => e.Key)
                .Window(TimeWindows.LookBack(new TimeSpan(look.Length)))
                .SideOutputLate(out DataStream<Late<OracleElement<int, int>>> late);
            return (Ask(windows, form), late);
        },
        options);

    private static DataStream<string> Ask(WindowedStream<int, OracleElement<int, int>> windows, int form) =>
        form switch
        {
            0 => windows.Aggregate(a => a.Of(new Concatenation()), ToText),
            1 => windows.Aggregate(a => string.Join(',', a.ToList(e => e.Value)), ToText),
            _ => windows.Aggregate(a => $"{a.Count()} {a.Sum(e => (long)e.Value)}", ToText),
        };

    private static string ToText(OracleElement<int, int> element, WindowResult<int, string> result)
    {
        Assert.Equal((element.Key, new Timestamp(element.Timestamp)), (result.Key, result.Window.MaxTimestamp));
        return $"{element} {result.Value}";
    }
}
