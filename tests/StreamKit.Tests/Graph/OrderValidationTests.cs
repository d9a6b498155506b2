using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

/// <summary>
/// Ordering, telling apart and filling are refused when the pipeline is built where they cannot work.
/// </summary>
public class OrderValidationTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly StreamBuilder _builder = StreamBuilder.Create("pipeline");

    private WindowedStream<int, int> Windows =>
        _builder.From([1]).WithEventTime(static _ => DateTimeOffset.UnixEpoch, Watermarks.Monotonic())
            .KeyBy(static x => x).Window(TimeWindows.Tumbling(s_second));

    [Fact]
    public void OrderingNeedsEventTime() =>
        AssertMistake(_builder.From([1]).OrderByEventTime().Named("order"), "'order'", "WithEventTime");

    [Fact]
    public void TellingApartNeedsEventTime() => AssertMistake(
        _builder.From([1]).DistinctBy(static x => x, s_second).Named("distinct"), "'distinct'", "WithEventTime");

    [Fact]
    public void OrderingLateResultsWithoutTakingThemIsAMistake() => AssertMistake(
        Windows.AllowLateness(s_second).Count().OrderByEventTime().Named("order"), "'order'", "out var late");

    [Fact]
    public void TellingApartResultsThatReplaceEachOtherIsAMistake() => AssertMistake(
        Windows.AllowLateness(s_second).Count().DistinctBy(static w => w.Key, s_second).Named("distinct"),
        "'distinct'",
        "AsAppend");

    [Fact]
    public void OnlyWindowsOfOneSizeHaveGapsThatCanBeFilled()
    {
        AssertMistake(
            _builder.From([1]).WithEventTime(static _ => DateTimeOffset.UnixEpoch, Watermarks.Monotonic())
                .KeyBy(static x => x).Window(TimeWindows.Session(s_second)).Count()
                .FillGaps(s_second, Fill.Zero).Named("fill"),
            "'fill'",
            "Tumbling or Hopping");
        AssertMistake(Windows.Count().AsAppend().FillGaps(s_second, Fill.Zero).Named("append"), "'append'", "AsAppend");
    }

    [Fact]
    public void ASpanThatFillsNothingOrTooMuchIsAMistake()
    {
        AssertMistake(
            Windows.Count().FillGaps(TimeSpan.FromTicks(1), Fill.Zero).Named("short"), "'short'", "never fill");
        AssertMistake(
            Windows.Count().FillGaps(TimeSpan.FromDays(30), Fill.Zero).Named("long"), "'long'", "shorten seenWithin");
    }

    [Fact]
    public void GapsBetweenPartsOfResultsCannotBeTold() => AssertMistake(
        Windows.AllowLateness(s_second).Panes(PaneMode.Discarding).Count().FillGaps(s_second, Fill.Zero).Named("fill"),
        "'fill'",
        "PaneMode.Retracting");

    [Fact]
    public void ALateStreamBelongsToTheStepThatMadeIt()
    {
        _builder.From([1]).WithEventTime(static _ => DateTimeOffset.UnixEpoch, Watermarks.Monotonic())
            .OrderByEventTime(out DataStream<Late<int>> late).ForEach(static _ => { });
        late.ForEach(static _ => { });

        Assert.NotNull(_builder.Build());
    }

    private void AssertMistake<T>(DataStream<T> stream, params IEnumerable<string> parts)
    {
        stream.To(Sinks.ForEach<T>(static (_, _) => ValueTask.CompletedTask));
        PipelineException mistake = Assert.Throws<PipelineException>(() => _builder.Build());
        Assert.All(parts, part => Assert.Contains(part, mistake.Message, StringComparison.Ordinal));
    }
}
