using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

public class FillGapsOperatorTests
{
    private static readonly TimeSpan s_ten = TimeSpan.FromSeconds(10);

    [Fact]
    public void WindowsWithoutAResultAreZeroWhileTheKeyWasSeenWithinTheSpan()
    {
        using var test = Test(counts => counts.FillGaps(TimeSpan.FromSeconds(20), Fill.Zero));
        test.Push(at: 1, "a").Push(at: 2, "a").Watermark(10).ExpectPanes(Expected.Pane("a", 0, 10, 2L).Final())
            .Watermark(20).ExpectPanes(Expected.Pane("a", 10, 20, 0L).Filled().Final())
            .Push(at: 25, "b").Watermark(30)
            .ExpectPanes(Expected.Pane("b", 20, 30, 1L), Expected.Pane("a", 20, 30, 0L).Filled())
            .Watermark(40).ExpectPanes(Expected.Pane("b", 30, 40, 0L).Filled())
            .Push(at: 41, "a").Watermark(50)
            .ExpectPanes(Expected.Pane("a", 40, 50, 1L), Expected.Pane("b", 40, 50, 0L).Filled())
            .End()
            .ExpectPanes(Expected.Pane("a", 50, 60, 0L).Filled(), Expected.Pane("a", 60, 70, 0L).Filled())
            .ExpectNoState();
    }

    [Fact]
    public void TheLastValueIsCarriedOverTheGap()
    {
        using var test = Test(counts => counts.FillGaps(TimeSpan.FromSeconds(30), Fill.Last));
        test.Push(at: 1, "a").Push(at: 2, "a").Push(at: 35, "a").Watermark(40).ExpectPanes(
            Expected.Pane("a", 0, 10, 2L),
            Expected.Pane("a", 30, 40, 1L),
            Expected.Pane("a", 10, 20, 2L).Filled(),
            Expected.Pane("a", 20, 30, 2L).Filled());
    }

    [Fact]
    public void AFunctionSeesTheLastResultAndTheGap()
    {
        using var test = Test(counts => counts.FillGaps(
            TimeSpan.FromSeconds(25), static (last, gap) => last.Value - (gap.End - last.Window.End).Seconds));
        test.Push(at: 1, "a").End().ExpectPanes(
            Expected.Pane("a", 0, 10, 1L),
            Expected.Pane("a", 10, 20, -9L).Filled(),
            Expected.Pane("a", 20, 30, -19L).Filled());
    }

    [Fact]
    public void AFixedValueFillsToo()
    {
        using var test = Test(counts => counts.FillGaps(s_ten, 77));
        test.Push(at: 1, "a").Watermark(20)
            .ExpectPanes(Expected.Pane("a", 0, 10, 1L), Expected.Pane("a", 10, 20, 77L).Filled());
    }

    [Fact]
    public void ALateResultTakesThePlaceOfWhatFilledItsGapAndCorrectsTheGapsAfterIt()
    {
        using var test = Test(counts => counts.FillGaps(TimeSpan.FromSeconds(20), Fill.Last), lateness: 100);
        test.Push(at: 1, "a").Watermark(30);
        test.ExpectPanes(
            Expected.Pane("a", 0, 10, 1L),
            Expected.Pane("a", 10, 20, 1L).Filled(),
            Expected.Pane("a", 20, 30, 1L).Filled());
        test.Push(at: 11, "a").Push(at: 12, "a");
        Assert.Equal(
            ["[10, 20) 1 Late 1", "[10, 20) 2 Late 2", "[20, 30) 2 Late 1 filled"],
            test.Outputs.Skip(3).Select(Text));
        test.Watermark(40);
        Assert.Equal("[30, 40) 2 OnTime 0 filled", Text(test.Outputs[^1]));
        test.Watermark(50);
        Assert.Equal(7, test.Outputs.Count);
        test.Watermark(200).ExpectNoState();
    }

    [Fact]
    public void WhereResultsRetractWhatFilledAGapIsTakenBackFirst()
    {
        using var test = Test(
            counts => counts.FillGaps(TimeSpan.FromSeconds(20), Fill.Last), lateness: 100, PaneMode.Retracting);
        test.Push(at: 1, "a").Push(at: 1, "a").Watermark(30).Push(at: 11, "a").Watermark(200);
        Assert.Equal(
            [
                "[0, 10) 2 OnTime 0", "[10, 20) 2 OnTime 0 filled", "[20, 30) 2 OnTime 0 filled",
                "[10, 20) 2 Late 0 retraction filled", "[10, 20) 1 Late 1",
                "[20, 30) 2 Late 0 retraction filled", "[20, 30) 1 Late 1 filled",
                "[30, 40) 1 OnTime 0 filled",
            ],
            test.Outputs.Select(Text));
        test.ExpectNoState();
    }

    [Fact]
    public void AFirstResultThatIsLateFillsTheGapsAfterItAtOnce()
    {
        using var test = Test(counts => counts.FillGaps(TimeSpan.FromSeconds(20), Fill.Zero), lateness: 100);
        test.Watermark(30).Push(at: 5, "a");
        Assert.Equal(
            ["[0, 10) 1 Late 0", "[10, 20) 0 Late 0 filled", "[20, 30) 0 Late 0 filled"], test.Outputs.Select(Text));
        test.Watermark(60).ExpectPanes(
            Expected.Pane("a", 0, 10, 1L).Late(),
            Expected.Pane("a", 10, 20, 0L).Late().Filled(),
            Expected.Pane("a", 20, 30, 0L).Late().Filled());
        test.Watermark(300).ExpectNoState();
    }

    [Fact]
    public void AWatermarkThatJumpsAcrossAllOfTimeFillsTheSpanOnly()
    {
        using var test = Test(counts => counts.FillGaps(TimeSpan.FromSeconds(30), Fill.Zero));
        test.Push(at: -1_000_000_000, "a").Push(at: 1_000_000_000, "a").Push(at: 5, "b").End();

        Assert.Equal(3 + (3 * 3), test.Outputs.Count);
        Assert.Equal(
            test.Outputs.Where(static w => w.Pane.IsFilled).Select(static w => w.Window).Order(),
            test.Outputs.Where(static w => w.Pane.IsFilled).Select(static w => w.Window));
        test.ExpectNoState();
    }

    [Fact]
    public void FilledResultsAreRankedAndSummedInTheWindowTheyFill()
    {
        using var test = Test(counts => counts.FillGaps(s_ten, Fill.Last)
            .KeyBy(static w => w.Key).Window(TimeWindows.Tumbling(2 * s_ten)).Sum(static w => w.Value));
        test.Push(at: 1, "a").Push(at: 2, "a").Watermark(20).ExpectPanes(Expected.Pane("a", 0, 20, 4L));
    }

    [Fact]
    public void HoppingWindowsAreFilledAtTheirDistance()
    {
        using var test = Test(
            counts => counts.FillGaps(TimeSpan.FromSeconds(12), Fill.Zero),
            windows: TimeWindows.Hopping(TimeSpan.FromSeconds(10), every: TimeSpan.FromSeconds(4)));
        test.Push(at: 4, "a").End().ExpectPanes(
            Expected.Pane("a", -4, 6, 1L),
            Expected.Pane("a", 0, 10, 1L),
            Expected.Pane("a", 4, 14, 1L),
            Expected.Pane("a", 8, 18, 0L).Filled(),
            Expected.Pane("a", 12, 22, 0L).Filled(),
            Expected.Pane("a", 16, 26, 0L).Filled());
    }

    [Fact]
    public async Task AFillThatFailsLeavesTheGapAndGoesToTheErrorPolicy()
    {
        var results = new List<string>();
        StreamBuilder builder = StreamBuilder.Create("job");
        Counts(builder.From([1, 31])).FillGaps(
                TimeSpan.FromSeconds(20),
                static (last, gap) => gap.Start.Second == 10 ? throw new FormatException("no") : 0)
            .Named("fill").ForEach(w => results.Add(Text(w)));
        await using StreamJob job = builder.Build().Start(new JobOptions { OnError = ErrorPolicy.Skip });
        await job.Completion;

        Assert.Equal(
            ["[0, 10) 1 OnTime 0", "[20, 30) 0 OnTime 0 filled", "[30, 40) 1 OnTime 0"],
            results.Where(static r => !r.StartsWith("[40", StringComparison.Ordinal)
                && !r.StartsWith("[50", StringComparison.Ordinal)).Order());
        Assert.Equal(1, job.GetMetrics().Errors);
    }

    [Fact]
    public async Task AResultOfAnotherWindowIsAnErrorThatSaysSo()
    {
        StreamBuilder builder = StreamBuilder.Create("job");
        Counts(builder.From([1]))
            .Select(static w => new WindowResult<string, long>(
                w.Key, new Window(w.Window.StartTime, w.Window.Start.AddSeconds(3)), w.Value, w.Pane))
            .FillGaps(s_ten, Fill.Zero).Named("fill").ForEach(static _ => { });
        await using StreamJob job = builder.Build().Start();

        Exception failure = await Assert.ThrowsAnyAsync<Diagnostics.StreamException>(() => job.Completion);
        Assert.Contains("between windows of 00:00:10", failure.ToString(), StringComparison.Ordinal);
    }

    private static string Text<TKey>(WindowResult<TKey, long> w)
    {
        long start = w.Window.StartTime.Ticks / TimeSpan.TicksPerSecond;
        long end = w.Window.EndTime.Ticks / TimeSpan.TicksPerSecond;
        return $"[{start}, {end}) {w.Value} {w.Pane.Timing} {w.Pane.Index}"
            + $"{(w.Pane.IsRetraction ? " retraction" : "")}{(w.Pane.IsFilled ? " filled" : "")}";
    }

    private static DataStream<WindowResult<string, long>> Counts(DataStream<int> seconds) => seconds
        .WithEventTime(static s => DateTimeOffset.FromUnixTimeSeconds(s), Watermarks.Monotonic())
        .KeyBy(static _ => "a").Window(TimeWindows.Tumbling(s_ten)).Count();

    private static StreamTest<string, WindowResult<string, long>> Test(
        Func<DataStream<WindowResult<string, long>>, DataStream<WindowResult<string, long>>> fill,
        int lateness = 0,
        PaneMode mode = PaneMode.Accumulating,
        WindowAssigner? windows = null) => StreamTest.For((DataStream<string> input) => fill(input
        .WithEventTime(static _ => DateTimeOffset.UnixEpoch, Watermarks.Monotonic())
        .KeyBy(static s => s)
        .Window(windows ?? TimeWindows.Tumbling(s_ten))
        .AllowLateness(TimeSpan.FromSeconds(lateness))
        .Panes(mode)
        .Count()));
}
