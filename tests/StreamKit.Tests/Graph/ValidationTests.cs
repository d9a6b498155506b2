using StreamKit.Connectors;
using StreamKit.Tests.Runtime;
using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

/// <summary>
/// A pipeline that cannot work is refused when it is built, with every mistake, its step and what to do.
/// </summary>
public class ValidationTests
{
    private readonly StreamBuilder _builder = StreamBuilder.Create("pipeline");

    private DataStream<At> Timed => _builder.From([new At(1, "a")]).WithEventTime(At.TimeOf, Watermarks.Monotonic());

    [Fact]
    public void WindowsNeedEventTime()
    {
        _builder.From([new At(1, "a")]).KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Count().Named("counts").To(Sink<WindowResult<string, long>>());
        AssertMistake("'counts'", "WithEventTime");
    }

    [Fact]
    public void WindowsOfTheUserNeedEventTime()
    {
        _builder.From([new At(1, "a")]).KeyBy(static r => r.Key)
            .Window(TimeWindows.Session(static (At _) => TimeSpan.FromSeconds(1)))
            .Count().Named("counts").To(Sink<WindowResult<string, long>>());
        AssertMistake("'counts'", "WithEventTime");
    }

    [Fact]
    public void ATriggerOfEventTimeNeedsEventTimeEvenOverTheGlobalWindow()
    {
        _builder.From([new At(1, "a")]).KeyBy(static r => r.Key).Window(TimeWindows.Global())
            .Early(Triggers.EveryEventTime(TimeSpan.FromSeconds(1)))
            .Count().Named("counts").To(Sink<WindowResult<string, long>>());
        AssertMistake("'counts'", "WithEventTime");
    }

    [Fact]
    public void ResultsOfATriggerThatReplaceEachOtherFitNoSinkThatAppends()
    {
        Timed.KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .EmitOnUpdate().Count()
            .To(new ScriptedSink<WindowResult<string, long>> { Mode = SinkMode.Append }, "lines");
        AssertMistake("'lines'", "AsAppend");
    }

    [Fact]
    public async Task TheGlobalWindowNeedsNone()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<WindowResult<string, long>> results = await _builder.From([new At(1, "a"), new At(2, "a"), new At(3, "b")])
            .KeyBy(static r => r.Key).Window(TimeWindows.Global()).Count().ReadAllAsync(token).ToListAsync(token);
        Assert.Equal([("a", 2), ("b", 1)], results.Select(static w => (w.Key, (int)w.Value)).Order());
    }

    [Fact]
    public void APipelineNeedsAnOutput()
    {
        _ = Timed.Where(static _ => true);
        AssertMistake("no output", "ReadAllAsync");
    }

    [Fact]
    public void TwoStepsOfOneNameAreAMistake()
    {
        Timed.Where(static _ => true).Named("filter").Select(static r => r).Named("filter").To(Sink<At>());
        AssertMistake("'filter'", "Named");
    }

    [Fact]
    public void AStreamWithAndOneWithoutEventTimeDoNotMerge()
    {
        Timed.Merge(_builder.From([new At(2, "b")])).Named("both").To(Sink<At>());
        AssertMistake("'both'", "WithEventTime");
    }

    [Fact]
    public void TheLateStreamOfAWindowThatIsNeverAggregatedIsAMistake()
    {
        Timed.KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .SideOutputLate(out DataStream<Late<At>> late);
        late.Named("too-late").To(Sink<Late<At>>());
        AssertMistake("'too-late'", "Count");
    }

    [Fact]
    public void AWindowWithALateStreamIsAggregatedOnce()
    {
        WindowedStream<string, At> windows = Timed.KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1))).SideOutputLate(out _);
        windows.Count().To(Sink<WindowResult<string, long>>());
        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => windows.Sum(static r => (long)r.Second));
        Assert.Contains("Aggregate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PaneMode.Accumulating, SinkMode.Append, false)]
    [InlineData(PaneMode.Retracting, SinkMode.Append, false)]
    [InlineData(PaneMode.Discarding, SinkMode.Append, true)]
    [InlineData(PaneMode.Accumulating, SinkMode.Upsert, true)]
    [InlineData(PaneMode.Retracting, SinkMode.Upsert, false)]
    [InlineData(PaneMode.Retracting, SinkMode.Retract, true)]
    [InlineData(PaneMode.Accumulating, SinkMode.Retract, true)]
    public void ASinkMustUnderstandResultsThatReplaceEachOther(PaneMode panes, SinkMode sink, bool fits)
    {
        Repeating(panes).Select(static w => w.Value).To(new ScriptedSink<long> { Mode = sink }, "out");
        if (fits)
        {
            _builder.Build();
        }
        else
        {
            AssertMistake("'out'", "Panes(PaneMode.");
        }
    }

    [Fact]
    public void ResultsThatComeOnceFitEverySink()
    {
        Timed.KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1))).Panes(PaneMode.Retracting)
            .Count().To(new ScriptedSink<WindowResult<string, long>> { Mode = SinkMode.Append });
        _builder.Build();
    }

    [Fact]
    public void AsAppendWritesEveryResultOnTheUsersWord()
    {
        Repeating(PaneMode.Accumulating).AsAppend()
            .To(new ScriptedSink<WindowResult<string, long>> { Mode = SinkMode.Append });
        _builder.Build();
    }

    [Theory]
    [InlineData(PaneMode.Accumulating)]
    [InlineData(PaneMode.Retracting)]
    public void AWindowOverResultsThatReplaceEachOtherIsAMistake(PaneMode panes)
    {
        Again(Repeating(panes).Where(static w => w.Value > 1)).Named("again").To(Sink<WindowResult<string, long>>());
        AssertMistake("'again'", "Panes(PaneMode.Discarding)");
    }

    [Theory]
    [InlineData(PaneMode.Accumulating)]
    [InlineData(PaneMode.Retracting)]
    public void AWindowOverAllResultsThatReplaceEachOtherIsAMistakeToo(PaneMode panes)
    {
        Repeating(panes).WindowAll(TimeWindows.Tumbling(TimeSpan.FromSeconds(10))).Sum(static w => w.Value)
            .Named("total").To(Sink<WindowResult<StreamKit.Records.Unit, long>>());
        AssertMistake("'total'", "AsAppend()");
    }

    [Fact]
    public void AWindowOverEarlyResultsIsAMistake()
    {
        Again(Timed.KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Early(TimeSpan.FromSeconds(1)).Count()).Named("again").To(Sink<WindowResult<string, long>>());
        AssertMistake("'again'", "Early");
    }

    [Fact]
    public void AWindowOverDiscardingResultsCountsEachRecordOnce()
    {
        Again(Repeating(PaneMode.Discarding)).To(Sink<WindowResult<string, long>>());
        _builder.Build();
    }

    [Fact]
    public void AsAppendLetsAWindowCountEveryResult()
    {
        Again(Repeating(PaneMode.Accumulating).AsAppend()).To(Sink<WindowResult<string, long>>());
        _builder.Build();
    }

    [Fact]
    public void AWindowOverResultsThatComeOnceIsNone()
    {
        Again(Timed.KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1))).Count())
            .To(Sink<WindowResult<string, long>>());
        _builder.Build();
    }

    [Fact]
    public void RankingPartsOfResultsIsAMistake()
    {
        Repeating(PaneMode.Discarding).TopK(3, static w => w.Value).Named("top")
            .To(Sink<WindowRanking<string, long>>());
        AssertMistake("'top'", "Accumulating");
    }

    [Fact]
    public void ARankingIsNeverTakenBackSoAViewMayShowIt()
    {
        Repeating(PaneMode.Retracting).TopK(3, static w => w.Value).To(new View<WindowRanking<string, long>>());
        _builder.Build();
    }

    [Fact]
    public void EveryMistakeIsToldAtOnce()
    {
        _builder.From([new At(1, "a")]).Named("twice").KeyBy(static r => r.Key)
            .Window(TimeWindows.Session(TimeSpan.FromSeconds(1)))
            .Count().Named("sessions").To(Sink<WindowResult<string, long>>());
        Repeating(PaneMode.Accumulating).Named("twice")
            .To(new ScriptedSink<WindowResult<string, long>> { Mode = SinkMode.Append }, "lines");

        PipelineException error = Assert.Throws<PipelineException>(_builder.Build);
        Assert.Equal(3, error.Mistakes.Count);
        Assert.All(error.Mistakes, mistake => Assert.Contains(mistake, error.Message, StringComparison.Ordinal));
        Assert.Contains("'pipeline'", error.Message, StringComparison.Ordinal);
        foreach (string name in (string[])["'sessions'", "'twice'", "'lines'"])
        {
            Assert.Single(error.Mistakes, mistake => mistake.Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void AMistakeStopsReadAllAsyncToo()
    {
        DataStream<WindowResult<string, long>> counts = _builder.From([new At(1, "a")])
            .KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1))).Count();
        Assert.Throws<PipelineException>(() =>
        {
            CancellationToken token = TestContext.Current.CancellationToken;
            IAsyncEnumerator<WindowResult<string, long>> results = counts.ReadAllAsync(token).GetAsyncEnumerator(token);
            _ = results.MoveNextAsync().AsTask().GetAwaiter().GetResult();
        });
    }

    [Fact]
    public void ArgumentsThatMakeNoSenseAreRefusedAtTheCall()
    {
        WindowedStream<string, At> windows = Timed.KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.AllowLateness(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Early(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.Count().TopK(0, static w => w.Value));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TimeWindows.Tumbling(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(
            static () => TimeWindows.Hopping(TimeSpan.FromDays(1), TimeSpan.FromTicks(1)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TimeWindows.Session(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentException>(() => Timed.Named(" "));
        Assert.Throws<ArgumentException>(static () => StreamBuilder.Create(""));
        Assert.Throws<ArgumentNullException>(() => Timed.Where(null!));
    }

    private static ScriptedSink<T> Sink<T>() => new();

    private static DataStream<WindowResult<string, long>> Again(DataStream<WindowResult<string, long>> results) =>
        results.KeyBy(static w => w.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Sum(static w => w.Value);

    private DataStream<WindowResult<string, long>> Repeating(PaneMode panes) => Timed
        .KeyBy(static r => r.Key)
        .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
        .AllowLateness(TimeSpan.FromSeconds(5))
        .Panes(panes)
        .Count();

    private void AssertMistake(string step, string remedy)
    {
        string mistake = Assert.Single(Assert.Throws<PipelineException>(_builder.Build).Mistakes);
        Assert.Contains(step, mistake, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake, StringComparison.Ordinal);
    }
}
