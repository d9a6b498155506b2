using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>Joins at their edges; the unit of time is one tick, and a record is its key and its value.</summary>
public class JoinOperatorTests
{
    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1), Lanes = [1, 2, 4] };

    [Fact]
    public void ASideWithoutRecordsLeavesTheOtherAlone()
    {
        using var test = Full();
        test.PushLeft(at: 1, "a1").PushLeft(at: 9, "b2").ExpectNoOutput()
            .Watermark(10).ExpectOutput("a1 -", "b2 -").ExpectNoState();
    }

    [Fact]
    public void TwoSidesWithoutRecordsSayNothing()
    {
        using var test = Full();
        test.Watermark(100).End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void AKeyOnOneSideDoesNotMeetOtherKeys()
    {
        using var test = Full();
        test.PushLeft(at: 1, "a1").PushRight(at: 1, "b1").Watermark(10)
            .ExpectOutput("a1 -", "- b1").ExpectNoState();
    }

    [Fact]
    public void RecordsOfOneInstantMeetEachOther()
    {
        using var test = Full();
        test.PushLeft(at: 5, "a1").PushRight(at: 5, "a2").PushLeft(at: 5, "a3").PushRight(at: 5, "a4").Watermark(10)
            .ExpectOutput("a1 a2", "a1 a4", "a3 a2", "a3 a4").ExpectNoState();
    }

    [Fact]
    public void TheFirstAndTheLastInstantOfAWindowMeetAndTheNextInstantDoesNot()
    {
        using var test = Full();
        test.PushLeft(at: 0, "a1").PushRight(at: 9, "a2").PushRight(at: 10, "a3").Watermark(10)
            .ExpectOutput("a1 a2").Watermark(20).ExpectOutput("- a3").ExpectNoState();
    }

    [Fact]
    public void WindowsBefore1970AreWindowsToo()
    {
        using var test = Full();
        test.PushLeft(at: -10, "a1").PushRight(at: -1, "a2").PushLeft(at: -11, "a0").Watermark(0)
            .ExpectOutput("a0 -", "a1 a2").ExpectNoState();
    }

    [Fact]
    public void AJumpOverManyWindowsCostsNothingAndSaysAllInOrder()
    {
        using var test = Full(lateness: 3);
        test.PushRight(at: 1_000_000_000_000_000, "a3").PushLeft(at: 1, "a1").PushLeft(at: 1, "b1")
            .PushRight(at: 2, "a2").Watermark(2_000_000_000_000_000)
            .ExpectOutput("a1 a2", "b1 -", "- a3").ExpectNoState();
    }

    [Fact]
    public void OnlyTheSlowerSideClosesAWindow()
    {
        using var test = Full();
        test.PushLeft(at: 1, "a1").WatermarkLeft(1000).ExpectNoOutput()
            .PushRight(at: 2, "a2").WatermarkRight(9).ExpectNoOutput()
            .WatermarkRight(10).ExpectOutput("a1 a2").ExpectNoState();
    }

    [Fact]
    public void ASilentSideHoldsNothingBack()
    {
        using var test = Full();
        test.PushLeft(at: 1, "a1").WatermarkLeft(10).ExpectNoOutput().IdleRight().ExpectOutput("a1 -").ExpectNoState();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ALateRecordOfEitherSideMakesItsNewPairsAtOnceAndNoOldOneAgain(bool left)
    {
        using var test = Full(lateness: 5);
        test.PushLeft(at: 1, "a1").PushRight(at: 2, "a2").Watermark(14).ExpectOutput("a1 a2");
        _ = left ? test.PushLeft(at: 3, "a3") : test.PushRight(at: 3, "a3");
        test.ExpectOutput(left ? "a3 a2" : "a1 a3").Watermark(15).ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void ARecordAloneWaitsForLateOnesAndIsNeverTakenBack()
    {
        using var test = Full(lateness: 5);
        test.PushLeft(at: 1, "a1").PushLeft(at: 1, "b1").Watermark(10).ExpectNoOutput()
            .PushRight(at: 1, "b2").ExpectOutput("b1 b2")
            .Watermark(14).ExpectNoOutput().Watermark(15).ExpectOutput("a1 -").ExpectNoState();
    }

    [Fact]
    public void AWindowThatOpensLateIsAWindowToo()
    {
        using var test = Full(lateness: 5);
        test.Watermark(12).PushLeft(at: 1, "a1").ExpectNoOutput().PushRight(at: 1, "a2").ExpectOutput("a1 a2")
            .PushRight(at: 1, "b2").Watermark(15).ExpectOutput("- b2").ExpectNoState();
    }

    [Fact]
    public void RecordsThatMissedTheirWindowComeToTheLateStreamOfTheirSide()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) =>
            {
                DataStream<string> pairs = Timed(left).KeyBy(Key).Join(Timed(right).KeyBy(Key))
                    .Within(TimeWindows.Tumbling(new TimeSpan(10)))
                    .SideOutputLate(out DataStream<Late<string>> lateLeft, out DataStream<Late<string>> lateRight)
                    .Select((l, r) => $"{l} {r}");
                return (pairs, lateLeft, lateRight);
            },
            s_ticks);
        test.Watermark(10).PushLeft(at: 9, "a1").PushRight(at: 0, "a2").PushRight(at: 10, "a3").Watermark(20)
            .ExpectNoOutput();

        Assert.Equal("a1", Assert.Single(test.LateLeft).Value);
        Late<string> late = Assert.Single(test.LateRight);
        Assert.Equal("a2", late.Value);
        Assert.Equal(10, late.LateBy.Ticks);
        Window missed = Assert.Single(late.MissedWindows);
        Assert.Equal((0, 10), (missed.StartTime.Ticks, missed.EndTime.Ticks));
    }

    [Fact]
    public void APairInTwoHoppingWindowsIsAResultOfEach()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => Timed(left).KeyBy(Key).Join(Timed(right).KeyBy(Key))
                .Within(TimeWindows.Hopping(new TimeSpan(10), new TimeSpan(4)))
                .Select((l, r, window) => $"{window.StartTime.Ticks}: {l} {r}"),
            s_ticks);
        test.PushLeft(at: 5, "a1").PushRight(at: 9, "a2").Watermark(100)
            .ExpectOutput("0: a1 a2", "4: a1 a2").ExpectNoState();
    }

    [Fact]
    public void AGroupHasBothListsByEventTimeOnceItIsFinal()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => Timed(left).KeyBy(Key)
                .CoGroup(Timed(right).KeyBy(Key))
                .Within(TimeWindows.Tumbling(new TimeSpan(10))).AllowLateness(new TimeSpan(5))
                .Select((key, l, r) => $"{key}: {string.Join(',', l)} | {string.Join(',', r)}"),
            s_ticks);
        test.PushLeft(at: 5, "a5").PushLeft(at: 3, "a3").PushRight(at: 7, "a7").PushLeft(at: 3, "a4").Watermark(10)
            .ExpectNoOutput()
            .PushRight(at: 1, "a1").Watermark(15).ExpectOutput("a: a3,a4,a5 | a1,a7").ExpectNoState();
    }

    [Fact]
    public void ResultsHaveTheLastInstantOfTheirWindowSoALargerWindowCountsThem()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => Timed(left).KeyBy(Key).Join(Timed(right).KeyBy(Key))
                .Within(TimeWindows.Tumbling(new TimeSpan(10)))
                .Select((l, r) => $"{l} {r}")
                .KeyBy(_ => 0).Window(TimeWindows.Tumbling(new TimeSpan(10))).Count(),
            s_ticks);
        test.PushLeft(at: 1, "a1").PushRight(at: 2, "a2").PushRight(at: 3, "a3").Watermark(10);

        WindowResult<int, long> count = Assert.Single(test.Outputs);
        Assert.Equal((0, 10, 2), (count.Window.StartTime.Ticks, count.Window.EndTime.Ticks, count.Value));
    }

    [Fact]
    public void AStreamCanBeJoinedWithItself()
    {
        using var test = StreamTest.For(
            (DataStream<string> stream) =>
            {
                KeyedStream<char, string> keyed = Timed(stream).KeyBy(Key);
                return keyed.Join(keyed).Within(TimeWindows.Tumbling(new TimeSpan(10))).Select((l, r) => $"{l} {r}");
            },
            s_ticks with { Lanes = [1] });
        test.Push(at: 1, "a1").Push(at: 2, "a2").Watermark(10)
            .ExpectOutput("a1 a1", "a1 a2", "a2 a1", "a2 a2").ExpectNoState();
    }

    [Fact]
    public void TheOneWindowOverEverythingNeedsNoEventTime()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => left.KeyBy(Key).Join(right.KeyBy(Key))
                .Within(TimeWindows.Global()).Select((l, r) => $"{l} {r}"),
            s_ticks);
        test.PushLeft(at: 1, "a1").PushRight(at: 5_000, "a2").ExpectNoOutput()
            .End().ExpectOutput("a1 a2").ExpectNoState();
    }

    [Fact]
    public void ARecordAloneIsAllThatSelectAloneSays()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => Timed(left).KeyBy(Key)
                .LeftJoin(Timed(right).KeyBy(Key))
                .Within(TimeWindows.Tumbling(new TimeSpan(10))).SelectAlone((l, _) => l),
            s_ticks);
        test.PushLeft(at: 1, "a1").PushLeft(at: 1, "b1").PushRight(at: 1, "a2").PushRight(at: 1, "c2").Watermark(10)
            .ExpectOutput("b1").ExpectNoState();
    }

    [Fact]
    public void AKeyWithTooManyRecordsIsAnErrorThatSaysSo()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => Timed(left).KeyBy(Key).Join(Timed(right).KeyBy(Key))
                .Within(TimeWindows.Tumbling(new TimeSpan(10))).LimitPerKey(2).Select((l, r) => $"{l} {r}"),
            s_ticks);
        test.PushLeft(at: 1, "a1").PushLeft(at: 2, "a2").PushRight(at: 2, "a2");

        StreamTestException failure = Assert.Throws<StreamTestException>(() => test.PushLeft(at: 3, "a3"));
        Assert.Contains("LimitPerKey", failure.Message, StringComparison.Ordinal);
    }

    internal static DataStream<string> Timed(DataStream<string> stream) =>
        stream.WithEventTime(_ => default, Watermarks.Monotonic());

    private static JoinTest<string, string, string> Full(long lateness = 0) => StreamTest.For(
        (DataStream<string> left, DataStream<string> right) => Timed(left).KeyBy(Key).FullJoin(Timed(right).KeyBy(Key))
            .Within(TimeWindows.Tumbling(new TimeSpan(10))).AllowLateness(new TimeSpan(lateness))
            .Select((l, r) => $"{l ?? "-"} {r ?? "-"}"),
        s_ticks);

    private static char Key(string record) => record[0];
}
