using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>
/// Windows by count say what the oracle says; the replays of the harness bring lanes, batches and back-pressure.
/// </summary>
public class CountWindowLaws
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryResultIsTheOraclesResult(int form) =>
        Law.Holds(CountCase.All(), count => SaysWhatTheOracleSays(count, form));

    [Fact]
    public void WithoutEventTimeTheResultsAreTheSameOverAllOfTime() => Law.Holds(CountCase.All(), count =>
    {
        OracleCountWindows oracle = Oracle(count);
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) => SlidingQuestion.Ask(
                input.KeyBy(e => e.Key).Window(Windows(count)), 0));
        foreach (OracleElement<int, int> element in count.Stream.Elements)
        {
            test.Push(element);
        }

        test.End().ExpectNoState();
        Assert.Equal(
            oracle.Results.Concat(oracle.CutOff).Select(w => $"{w.Key} {SlidingQuestion.Answer(w.Content, 0)}").Order(),
            test.Outputs.Select(w => $"{w.Key} {w.Value}").Order());
        Window everything = new(Timestamp.MinValue, Timestamp.MaxValue);
        Assert.All(test.Outputs, w => Assert.Equal(everything, w.Window));
    });

    [Fact]
    public void NoResultOfAnHonestStreamIsLateInAFurtherWindow() => Law.Holds(CountCase.All(), count =>
    {
        StreamCase stream = count.Stream with
        {
            Watermarks = [.. count.Stream.Watermarks.Select(w => w with { LagTicks = count.Stream.Bound })],
        };
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) =>
            {
                DataStream<WindowResult<int, long>> sums = input
                    .WithEventTime(e => new Timestamp(e.Timestamp), Watermarks.Monotonic())
                    .KeyBy(e => e.Key).Window(Windows(count)).Count()
                    .KeyBy(w => w.Key).Window(TimeWindows.Tumbling(new TimeSpan(stream.Shape.Size)))
                    .SideOutputLate(out DataStream<Late<WindowResult<int, long>>> late).Sum(w => w.Value);
                return (sums, late);
            },
            EngineRun.InTicks);
        foreach (StreamStep step in EngineRun.Steps(stream))
        {
            EngineRun.Feed(test, step);
        }

        test.ExpectLate().ExpectNoState();
        OracleCountWindows oracle = Oracle(count);
        Assert.Equal(
            oracle.Results.Concat(oracle.CutOff).Sum(w => w.Content.Count), test.Outputs.Sum(w => w.Value));
    });

    internal static void SaysWhatTheOracleSays(CountCase count, int form)
    {
        OracleCountWindows oracle = Oracle(count);
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) => SlidingQuestion.Ask(
                input.WithEventTime(e => new Timestamp(e.Timestamp), Watermarks.Monotonic())
                    .KeyBy(e => e.Key).Window(Windows(count)),
                form),
            EngineRun.InTicks);
        foreach (StreamStep step in EngineRun.Steps(count.Stream))
        {
            EngineRun.Feed(test, step);
        }

        List<string> actual = [.. test.Outputs.Select(w =>
            $"{w.Key}[{w.Window.StartTime.Ticks}, {w.Window.EndTime.Ticks}) {w.Value}")];
        Assert.Equal(oracle.Results.Select(w => ToText(w, form)), actual.Take(oracle.Results.Count));
        Assert.Equal(
            oracle.CutOff.Select(w => ToText(w, form)).Order(), actual.Skip(oracle.Results.Count).Order());
        Assert.All(test.Outputs, w => Assert.Equal(new Pane(PaneTiming.OnTime, 0, isFinal: true), w.Pane));
        Assert.Equal(oracle.Unassigned, test.UnassignedRecords);
        test.ExpectNoState();
    }

    private static OracleCountWindows Oracle(CountCase count)
    {
        var oracle = new OracleCountWindows(count.Size, count.Every, count.EmitsPartial);
        foreach (OracleElement<int, int> element in count.Stream.Elements)
        {
            oracle.Element(element);
        }

        oracle.End();
        return oracle;
    }

    private static WindowAssigner Windows(CountCase count) => CountWindows.Sliding(
        count.Size, count.Every, count.EmitsPartial ? PartialWindows.Emit : PartialWindows.Drop);

    private static string ToText(OracleCountWindow window, int form) =>
        $"{window.Key}[{window.Start}, {window.End}) {SlidingQuestion.Answer(window.Content, form)}";
}
