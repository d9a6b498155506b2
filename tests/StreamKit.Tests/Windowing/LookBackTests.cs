using StreamKit.Testing;
using StreamKit.Tests.Laws;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>Look-backs, as a user meets them.</summary>
public class LookBackTests
{
    [Fact]
    public void EachRecordSeesItselfAndTheTimeBeforeIt()
    {
        using var test = Looking(10);
        test.Push(1, "a").Push(11, "a").Push(10, "a").Watermark(11)
            .ExpectPanes(Expected.Pane("a", -8, 2, "1"), Expected.Pane("a", 1, 11, "1 10"));
        test.Watermark(12).ExpectPanes(Expected.Pane("a", 2, 12, "10 11"));
        test.Watermark(20).ExpectNoOutput();
        test.Watermark(21).ExpectNoState();
    }

    [Fact]
    public void ARecordWaitsUntilTheWatermarkHasPassedIt()
    {
        using var test = Looking(10);
        test.Push(5, "a").Watermark(5).ExpectNoOutput();
        test.Push(5, "a").Watermark(6)
            .ExpectPanes(Expected.Pane("a", -4, 6, "5 5"), Expected.Pane("a", -4, 6, "5 5"));
    }

    [Fact]
    public void RecordsOfOneTimeSeeEachOtherAndComeAsTheyArrived()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => Timed(input).WindowAll(TimeWindows.LookBack(TimeSpan.FromTicks(5)))
                .Aggregate(static a => a.Count(), static (text, w) => $"{text}{w.Value}"),
            EngineRun.InTicks);
        test.Push(7, "x").Push(5, "b").Push(5, "a").Push(7, "y").Watermark(8).ExpectOutput("b2", "a2", "x4", "y4");
    }

    [Fact]
    public void ALateRecordHasNoResultButIsSeenByLaterOnes()
    {
        using var test = LookingWithLate(10);
        test.Push(10, "a").Watermark(20).ExpectPanes(Expected.Pane("a", 1, 11, "10"));
        test.Push(15, "a").ExpectNoOutput().ExpectLate("a");
        AssertLate(test.LateRecords[^1], at: 15, watermark: 20, acceptedByOthers: true);
        test.Push(24, "a").Push(20, "a").Watermark(25)
            .ExpectPanes(Expected.Pane("a", 11, 21, "15 20"), Expected.Pane("a", 15, 25, "15 20 24"));
        test.End().ExpectNoState();
    }

    [Fact]
    public void ALateRecordThatNobodyToComeCanSeeIsOnlyLate()
    {
        using var test = LookingWithLate(10);
        test.Watermark(20).Push(10, "a").Push(11, "a").ExpectNoOutput().ExpectLate("a", "a");
        AssertLate(test.LateRecords[0], at: 10, watermark: 20, acceptedByOthers: false);
        AssertLate(test.LateRecords[1], at: 11, watermark: 20, acceptedByOthers: true);
        test.Watermark(21).ExpectNoState();
    }

    [Fact]
    public void KeysDoNotSeeEachOther()
    {
        using var test = Looking(10);
        test.Push(1, "a").Push(2, "b").Push(3, "a").Watermark(4).ExpectPanes(
            Expected.Pane("a", -8, 2, "1"), Expected.Pane("b", -7, 3, "2"), Expected.Pane("a", -6, 4, "1 3"));
    }

    [Fact]
    public void HugeJumpsAndTheEndsOfTimeCostNothingAndLoseNothing()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) =>
                Timed(input).KeyBy(static k => k).Window(TimeWindows.LookBack(TimeSpan.MaxValue)).Count(),
            EngineRun.InTicks);
        test.Push(long.MinValue + 1, "a").Push(-3, "a").Push(0, "a").Push(long.MaxValue - 1, "a").End()
            .ExpectOutputWhere(
                static w => w.Value == 1 && w.Window.StartTime.Ticks == long.MinValue + 1,
                static w => w.Value == 2,
                static w => w.Value == 2,
                static w => w.Value == 2 && w.Window.EndTime == Timestamp.MaxValue)
            .ExpectNoState();
    }

    [Fact]
    public async Task AJobOnSeveralLanesAnswersEveryRecord()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        int[] shuffled = [.. Enumerable.Range(0, 10_000)];
        for (int i = 0; i < shuffled.Length; i += 10)
        {
            new Random(i).Shuffle(shuffled.AsSpan(i, 10));
        }

        List<(int Second, long Sum)> results = await shuffled.ToDataStream()
            .WithEventTime(
                static n => Timestamp.FromUnixTimeSeconds(n),
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(10)))
            .KeyBy(static n => n % 7)
            .Window(TimeWindows.LookBack(TimeSpan.FromSeconds(21)))
            .Aggregate(static a => a.Sum(static n => (long)n), static (n, w) => (n, w.Value))
            .ReadAllAsync(new JobOptions { Parallelism = 3, BatchSize = 64 }, token).ToListAsync(token);

        Assert.Equal(
            Enumerable.Range(0, 10_000).Select(static n => (n, n < 14 ? (n < 7 ? n : n + (long)n - 7) : (3L * n) - 21)),
            results.Order());
    }

    [Fact]
    public void TheLengthIsPositive() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => TimeWindows.LookBack(TimeSpan.Zero));

    private static StreamTest<string, WindowResult<string, string>> Looking(int length) => StreamTest.For(
        (DataStream<string> input) => Windows(input, length).Aggregate(new Arrivals()),
        EngineRun.InTicks);

    private static StreamTest<string, WindowResult<string, string>, string> LookingWithLate(int length) =>
        StreamTest.For(
            (DataStream<string> input) =>
                (Windows(input, length).SideOutputLate(out DataStream<Late<string>> late).Aggregate(new Arrivals()),
                    late),
            EngineRun.InTicks);

    private static WindowedStream<string, string> Windows(DataStream<string> input, int length) =>
        Timed(input).KeyBy(static key => key).Window(TimeWindows.LookBack(TimeSpan.FromTicks(length)));

    private static DataStream<string> Timed(DataStream<string> input) =>
        input.WithEventTime(static _ => default, Watermarks.Monotonic());

    private static void AssertLate(Late<string> late, long at, long watermark, bool acceptedByOthers)
    {
        Assert.Equal((at, watermark), (late.Timestamp.Ticks, late.Watermark.Ticks));
        Assert.Equal(acceptedByOthers, late.AcceptedByOthers);
        Assert.Equal(
            new Window(new Timestamp(at - 9), new Timestamp(at + 1)), Assert.Single(late.MissedWindows));
    }
}
