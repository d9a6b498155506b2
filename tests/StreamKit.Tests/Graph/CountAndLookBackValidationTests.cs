using StreamKit.Connectors;
using StreamKit.Tests.Runtime;
using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

/// <summary>What count windows, look-backs and batches cannot do is refused when the pipeline is built.</summary>
public class CountAndLookBackValidationTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly StreamBuilder _builder = StreamBuilder.Create("pipeline");

    private DataStream<At> Untimed => _builder.From([new At(1, "a")]);

    private DataStream<At> Timed => Untimed.WithEventTime(At.TimeOf, Watermarks.Monotonic());

    private WindowedStream<string, At> ByCount => Timed.KeyBy(static r => r.Key).Window(CountWindows.Tumbling(2));

    private WindowedStream<string, At> LookBack =>
        Timed.KeyBy(static r => r.Key).Window(TimeWindows.LookBack(s_second));

    [Fact]
    public void WindowsByCountHaveNoLatenessAndNoEarlyResults()
    {
        ByCount.AllowLateness(s_second).Count().Named("late").To(Sink<WindowResult<string, long>>());
        ByCount.Early(s_second).Count().Named("early").To(Sink<WindowResult<string, long>>());
        AssertMistakes(("'late'", "AllowLateness"), ("'early'", "Early"));
    }

    [Fact]
    public void WindowsByCountHaveNoLateStream()
    {
        ByCount.SideOutputLate(out DataStream<Late<At>> late).Count().Named("counts")
            .To(Sink<WindowResult<string, long>>());
        late.To(Sink<Late<At>>());
        AssertMistakes(("'counts'", "SideOutputLate"));
    }

    [Fact]
    public void LookBacksNeedEventTime()
    {
        Untimed.KeyBy(static r => r.Key).Window(TimeWindows.LookBack(s_second)).Count().Named("counts")
            .To(Sink<WindowResult<string, long>>());
        AssertMistakes(("'counts'", "WithEventTime"));
    }

    [Fact]
    public void LookBacksHaveNoLatenessAndNoEarlyResults()
    {
        LookBack.AllowLateness(s_second).Count().Named("late").To(Sink<WindowResult<string, long>>());
        LookBack.Early(s_second).Count().Named("early").To(Sink<WindowResult<string, long>>());
        AssertMistakes(("'late'", "AllowLateness"), ("'early'", "Early"));
    }

    [Fact]
    public void OnlyALookBackHasARecordBesideItsResult()
    {
        Timed.KeyBy(static r => r.Key).Window(TimeWindows.Tumbling(s_second))
            .Aggregate(static a => a.Count(), static (record, w) => (record.Key, w.Value)).Named("pairs")
            .To(Sink<(string, long)>());
        AssertMistakes(("'pairs'", "TimeWindows.LookBack"));
    }

    [Fact]
    public void ResultsThatReplaceEachOtherAreCountedByNeither()
    {
        DataStream<WindowResult<string, long>> repeated = Timed.KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(s_second)).AllowLateness(s_second).Count();
        repeated.KeyBy(static w => w.Key).Window(CountWindows.Tumbling(2)).Count().Named("by-count")
            .To(Sink<WindowResult<string, long>>());
        repeated.KeyBy(static w => w.Key).Window(TimeWindows.LookBack(s_second)).Count().Named("look-back")
            .To(Sink<WindowResult<string, long>>());
        AssertMistakes(("'by-count'", "Discarding"), ("'look-back'", "AsAppend"));
    }

    [Fact]
    public void ResultsOfBothMayBeAppendedAndCounted()
    {
        ByCount.Panes(PaneMode.Retracting).Count().KeyBy(static w => w.Key)
            .Window(TimeWindows.Tumbling(s_second)).Count().To(Sink<WindowResult<string, long>>());
        LookBack.Count().KeyBy(static w => w.Key).Window(CountWindows.Tumbling(2)).Count()
            .To(Sink<WindowResult<string, long>>());
        Assert.NotNull(_builder.Build());
    }

    [Fact]
    public void ListsComeAfterEventTime()
    {
        Untimed.Batch(5, s_second).Named("lists").SelectMany(static list => list)
            .WithEventTime(At.TimeOf, Watermarks.Monotonic()).To(Sink<At>());
        AssertMistakes(("'lists'", "WithEventTime before Batch"));
    }

    [Fact]
    public void ListsWithoutAnyEventTimeAreFine()
    {
        Untimed.Batch(5, s_second).To(Sink<IReadOnlyList<At>>());
        Timed.KeyBy(static r => r.Key).Batch(5, s_second).To(Sink<KeyedList<string, At>>());
        Assert.NotNull(_builder.Build());
    }

    private static ScriptedSink<T> Sink<T>() => new() { Mode = SinkMode.Append };

    private void AssertMistakes(params (string Step, string Remedy)[] expected)
    {
        IReadOnlyList<string> mistakes = Assert.Throws<PipelineException>(_builder.Build).Mistakes;
        Assert.Equal(expected.Length, mistakes.Count);
        foreach ((string mistake, (string step, string remedy)) in mistakes.Zip(expected))
        {
            Assert.Contains(step, mistake, StringComparison.Ordinal);
            Assert.Contains(remedy, mistake, StringComparison.Ordinal);
        }
    }
}
