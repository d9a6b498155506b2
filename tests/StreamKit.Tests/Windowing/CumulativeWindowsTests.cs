using FsCheck;
using FsCheck.Fluent;
using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Laws;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>Windows that start together and end a step apart (SEMANTICS 6.5).</summary>
public class CumulativeWindowsTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private static Gen<OracleShape> Shapes { get; } =
        from step in Gen.Choose(1, 6)
        from steps in Gen.Choose(1, 5)
        from offset in Gen.Choose(-20, 20)
        select OracleShape.Cumulative(step * steps, step, offset);

    [Fact]
    public void EveryPaneOfAHastyStreamIsTheOraclesPane() => Law.Holds(
        Cases(StreamArbitraries.HastyStreams().Generator.Select(hasty => hasty.Case)),
        WindowLaws.SaysWhatTheOracleSays);

    [Fact]
    public void EveryPaneOfAnHonestStreamIsTheOraclesPane() => Law.Holds(
        Cases(StreamArbitraries.Streams().Generator), WindowLaws.SaysWhatTheOracleSays);

    [Fact]
    public void TheWindowsOfAnInstantAreThoseOfTheDefinitionAlsoAtTheEndsOfTime() => Law.Holds(
        Arb.From(
            from shape in Shapes
            from stretch in Gen.Elements(1L, 1000L, TimeSpan.TicksPerDay * 300_000)
            from at in Gen.OneOf(
                Gen.Choose(-60, 60).Select(t => (long)t),
                Gen.Choose(1, 60).Select(t => long.MinValue + t),
                Gen.Choose(1, 60).Select(t => long.MaxValue - t))
            select (Shape: Stretched(shape, stretch), At: at)),
        one => Assert.Equal(
            OracleAssigners.Assign(one.Shape, one.At),
            Assigned.WindowsOf(EngineRun.Assigner(one.Shape), one.At)));

    [Fact]
    public void OneStepIsATumblingWindow() => Law.Holds(
        Cases(StreamArbitraries.HastyStreams().Generator.Select(hasty => hasty.Case)),
        stream =>
        {
            OracleShape one = OracleShape.Cumulative(stream.Shape.Slide, stream.Shape.Slide, stream.Shape.Offset);
            OracleShape tumbling = OracleShape.Tumbling(stream.Shape.Slide, stream.Shape.Offset);
            Assert.All(stream.Elements, e => Assert.Equal(
                OracleAssigners.Assign(tumbling, e.Timestamp),
                Assigned.WindowsOf(EngineRun.Assigner(one), e.Timestamp)));
        });

    [Fact]
    public void EachStepSaysWhatThereIsSoFarAndTheNextSizeBeginsAnew()
    {
        using var test = StreamTest.For((DataStream<(long At, string Key)> s) => s
            .WithEventTime(static r => Timestamp.FromUnixTimeSeconds(r.At), Watermarks.Monotonic())
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Cumulative(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)))
            .Count());
        test.Push((0, "a")).Push((9, "a")).Push((10, "b")).Push((25, "a"));
        test.Watermark(10).ExpectPanes(Expected.Pane("a", 0, 10, 2L));
        test.Watermark(20).ExpectPanes(Expected.Pane("a", 0, 20, 2L), Expected.Pane("b", 0, 20, 1L));
        test.Watermark(30).ExpectPanes(Expected.Pane("a", 0, 30, 3L), Expected.Pane("b", 0, 30, 1L));
        test.Push((30, "a")).End().ExpectPanes(
            Expected.Pane("a", 30, 40, 1L), Expected.Pane("a", 30, 50, 1L), Expected.Pane("a", 30, 60, 1L));
        test.ExpectNoState();
    }

    [Fact]
    public void ARecordThatIsLateForTheFirstWindowIsInTheOthers()
    {
        using var test = StreamTest.For((DataStream<(long At, string Key)> s) =>
        {
            DataStream<WindowResult<string, long>> counts = s
                .WithEventTime(static r => Timestamp.FromUnixTimeSeconds(r.At), Watermarks.Monotonic())
                .KeyBy(static r => r.Key)
                .Window(TimeWindows.Cumulative(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)))
                .AllowLateness(TimeSpan.FromSeconds(5))
                .SideOutputLate(out DataStream<Late<(long At, string Key)>> late)
                .Count();
            return (counts, late);
        });
        test.Push((1, "a")).Watermark(12);

        // Complete but kept: the first window says it again. The others are open and say nothing yet.
        test.Push((2, "a"));
        Assert.Equal([(0, 10, 1L), (0, 10, 2L)], test.Outputs.Select(Line));

        // Expired for the first window only.
        test.Watermark(15).Push((3, "a"));
        Late<(long At, string Key)> partly = Assert.Single(test.LateRecords);
        Assert.True(partly.AcceptedByOthers);
        Assert.Equal([Window(0, 10)], partly.MissedWindows);

        test.End().ExpectNoState();
        Assert.Equal([(0, 10, 1L), (0, 10, 2L), (0, 20, 3L), (0, 30, 3L)], test.Outputs.Select(Line));
    }

    [Theory]
    [InlineData(60, 10, 0, 10)]
    [InlineData(60, 10, 4, 2)]
    [InlineData(60, 10, 60, 10)]
    [InlineData(60, 10, -5, 5)]
    public void WatermarksMatterAtEveryStep(int size, int step, int offset, int expected) => Assert.Equal(
        expected,
        TimeWindows.Cumulative(new TimeSpan(size), new TimeSpan(step), new TimeSpan(offset)).GranularityTicks);

    [Fact]
    public void TheSizeIsAMultipleOfTheStep()
    {
        ArgumentException error =
            Assert.Throws<ArgumentException>(() => TimeWindows.Cumulative(5 * s_minute, 2 * s_minute));
        Assert.Contains("00:04:00", error.Message, StringComparison.Ordinal);
        Assert.Contains("00:06:00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoLengthIsZeroAndNoRecordIsInTooManyWindows()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWindows.Cumulative(TimeSpan.Zero, s_minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWindows.Cumulative(s_minute, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWindows.Cumulative(s_minute, -s_minute));
        Assert.NotNull(TimeWindows.Cumulative(new TimeSpan(100_000), new TimeSpan(1)));
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => TimeWindows.Cumulative(new TimeSpan(100_001), new TimeSpan(1)));
        Assert.Contains("100000 windows", error.Message, StringComparison.Ordinal);
    }

    private static OracleShape Stretched(OracleShape shape, long by) =>
        OracleShape.Cumulative(shape.Size * by, shape.Slide * by, shape.Offset * by);

    private static Arbitrary<StreamCase> Cases(Gen<StreamCase> streams) => Arb.From(
        from stream in streams
        from shape in Shapes
        select stream with { Shape = shape },
        StreamShrinker.Shrink);

    private static Window Window(int start, int end) =>
        new(Timestamp.FromUnixTimeSeconds(start), Timestamp.FromUnixTimeSeconds(end));

    private static (int Start, int End, long Count) Line(WindowResult<string, long> result) => (
        (int)(result.Window.StartTime.Ticks / TimeSpan.TicksPerSecond),
        (int)(result.Window.EndTime.Ticks / TimeSpan.TicksPerSecond),
        result.Value);
}
