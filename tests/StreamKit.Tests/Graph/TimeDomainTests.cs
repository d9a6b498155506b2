using StreamKit.Graph;
using StreamKit.Records;
using StreamKit.Tests.Runtime;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

/// <summary>Which time a stream has is known before it runs, and the two are not mixed by mistake.</summary>
public class TimeDomainTests
{
    private readonly StreamBuilder _builder = StreamBuilder.Create("domains");

    private static WindowAssigner Second => TimeWindows.Tumbling(TimeSpan.FromSeconds(1));

    private DataStream<At> Untimed => _builder.From([new At(1, "a")]);

    private DataStream<At> Timed => Untimed.WithEventTime(At.TimeOf, Watermarks.Monotonic());

    private DataStream<WindowResult<string, long>> ByTheClock =>
        Untimed.KeyBy(static r => r.Key).Window(Second.InProcessingTime()).Count();

    [Fact]
    public void AStreamSaysWhichTimeItHas()
    {
        Assert.Null(Untimed.TimeDomain);
        Assert.Equal(TimeDomain.Event, Timed.TimeDomain);
        Assert.Equal(TimeDomain.Event, Timed.KeyBy(static r => r.Key).Window(Second).Count().TimeDomain);
        Assert.Equal(TimeDomain.Processing, ByTheClock.TimeDomain);
        Assert.Equal(TimeDomain.Processing, ByTheClock.Where(static _ => true).Select(static w => w.Key).TimeDomain);
        Assert.Equal(
            TimeDomain.Processing,
            Timed.WindowAll(TimeWindows.Session(TimeSpan.FromSeconds(1)).InProcessingTime()).Count().TimeDomain);
        Assert.Equal(TimeDomain.Event, Anew(ByTheClock).TimeDomain);
        Assert.Equal(TimeDomain.Processing, ByTheClock.Merge(ByTheClock).TimeDomain);
        Assert.Null(Untimed.WindowAll(TimeWindows.Global()).Count().TimeDomain);
    }

    [Fact]
    public void WindowsInProcessingTimeNeedNoEventTime()
    {
        ByTheClock.To(new ScriptedSink<WindowResult<string, long>>());
        _builder.Build();
    }

    [Fact]
    public void EventTimeWindowsOverResultsInProcessingTimeAreAMistake()
    {
        ByTheClock.Where(static w => w.Value > 1).WindowAll(Second).Count().Named("mixed")
            .To(new ScriptedSink<WindowResult<Unit, long>>());
        AssertMistake("'mixed'", "InProcessingTime()", "WithEventTime");
    }

    [Fact]
    public void WithANewEventTimeOrInProcessingTimeTooTheyAreNot()
    {
        Anew(ByTheClock).WindowAll(Second).Count().To(new ScriptedSink<WindowResult<Unit, long>>());
        ByTheClock.WindowAll(Second.InProcessingTime()).Count().To(new ScriptedSink<WindowResult<Unit, long>>());
        ByTheClock.WindowAll(TimeWindows.Global()).Count().To(new ScriptedSink<WindowResult<Unit, long>>());
        _builder.Build();
    }

    [Fact]
    public void StreamsInBothTimesDoNotMerge()
    {
        ByTheClock.Merge(Timed.KeyBy(static r => r.Key).Window(Second).Count()).Named("both")
            .To(new ScriptedSink<WindowResult<string, long>>());
        AssertMistake("'both'", "processing time", "WithEventTime");
    }

    [Fact]
    public void LatenessIsAMistakeWhereNothingIsLate()
    {
        Untimed.KeyBy(static r => r.Key).Window(Second.InProcessingTime()).AllowLateness(TimeSpan.FromSeconds(1))
            .Count().Named("patient").To(new ScriptedSink<WindowResult<string, long>>());
        AssertMistake("'patient'", "AllowLateness", "InProcessingTime");
    }

    [Fact]
    public void ALateStreamIsAMistakeToo()
    {
        Untimed.KeyBy(static r => r.Key).Window(Second.InProcessingTime()).SideOutputLate(out DataStream<Late<At>> late)
            .Count().Named("never").To(new ScriptedSink<WindowResult<string, long>>());
        late.To(new ScriptedSink<Late<At>>());
        AssertMistake("'never'", "SideOutputLate");
    }

    [Fact]
    public void TheDrawingShowsProcessingTime()
    {
        ByTheClock.Named("counts").To(new ScriptedSink<WindowResult<string, long>>(), "out");
        string drawing = _builder.Build().ToMermaid();
        Assert.Contains("[\"counts ×N, processing time\"]", drawing, StringComparison.Ordinal);
        Assert.Contains("[\"out, processing time\"]", drawing, StringComparison.Ordinal);
        Assert.DoesNotContain("source-1, processing", drawing, StringComparison.Ordinal);
    }

    [Fact]
    public void NobodyWaitsForWatermarksOfEventTimeBeforeAClock()
    {
        DataStream<At> timed = Timed;
        timed.KeyBy(static r => r.Key).Window(Second.InProcessingTime()).Count()
            .To(new ScriptedSink<WindowResult<string, long>>());
        Assert.Equal(long.MaxValue, WatermarkInterest.Of(timed.Node));
    }

    [Fact]
    public void TheSameWindowsStayInEventTimeForOthers()
    {
        WindowAssigner windows = Second;
        WindowAssigner byTheClock = windows.InProcessingTime(OnCompletion.Drop);
        Assert.Equal((TimeDomain.Event, TimeDomain.Processing), (windows.Domain, byTheClock.Domain));
        Assert.Equal(OnCompletion.Flush, byTheClock.InProcessingTime().Completion);
        Assert.Equal(windows.GranularityTicks, byTheClock.GranularityTicks);
    }

    private static DataStream<WindowResult<string, long>> Anew(DataStream<WindowResult<string, long>> results) =>
        results.WithEventTime(static w => w.Window.Start, Watermarks.Monotonic());

    private void AssertMistake(params string[] words)
    {
        PipelineException error = Assert.Throws<PipelineException>(_builder.Build);
        string mistake = Assert.Single(error.Mistakes);
        Assert.All(words, word => Assert.Contains(word, mistake, StringComparison.Ordinal));
    }
}
