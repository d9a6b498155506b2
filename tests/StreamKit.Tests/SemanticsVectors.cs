using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests;

/// <summary>The test vectors of the semantics (section 19), through the public API; one tick is one unit.</summary>
public class SemanticsVectors
{
    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1) };

    [Theory]
    [InlineData(0, -11, -20, -10)]
    [InlineData(0, -10, -10, 0)]
    [InlineData(0, -1, -10, 0)]
    [InlineData(0, 0, 0, 10)]
    [InlineData(0, 9, 0, 10)]
    [InlineData(0, 10, 10, 20)]
    [InlineData(3, 2, -7, 3)]
    [InlineData(3, 3, 3, 13)]
    [InlineData(3, -8, -17, -7)]
    public void ATumblingWindowOfTenStartsAtTheFloor(long offset, long at, long start, long end)
    {
        using var test = Counting(TimeWindows.Tumbling(Ticks(10), Ticks(offset)));
        test.Push(at, "k").End().ExpectPanes(Expected.Pane("k", start, end, 1L).Final()).ExpectNoState();
    }

    [Theory]
    [InlineData(10, 4, 9, "0-10 4-14 8-18")]
    [InlineData(10, 4, 10, "4-14 8-18")]
    [InlineData(10, 4, 11, "4-14 8-18")]
    [InlineData(10, 4, 12, "4-14 8-18 12-22")]
    [InlineData(10, 4, -1, "-8-2 -4-6")]
    [InlineData(4, 10, 3, "0-4")]
    [InlineData(4, 10, 4, "")]
    public void AHoppingWindowOfAnyRatioTakesItsRecords(long size, long every, long at, string windows)
    {
        using var test = Counting(TimeWindows.Hopping(Ticks(size), Ticks(every)));
        test.Push(at, "k").End();

        Assert.Equal(
            windows,
            string.Join(" ", test.Outputs.Select(w => $"{w.Window.StartTime.Ticks}-{w.Window.EndTime.Ticks}")));
        Assert.Equal(windows.Length == 0 ? 1 : 0, test.UnassignedRecords);
        test.ExpectNoState();
    }

    [Fact]
    public void ARecordExactlyTheBoundBehindIsOnTimeAndOneTickMoreIsLate()
    {
        using var test = StreamTest.For(
            (DataStream<long> input) => (
                input.WithEventTime(t => new Timestamp(t), Watermarks.BoundedOutOfOrderness(Ticks(5)))
                    .KeyBy(_ => "k").Window(TimeWindows.Tumbling(Ticks(1)))
                    .SideOutputLate(out DataStream<Late<long>> late).Count(),
                late),
            s_ticks with { GenerateWatermarks = true });

        test.Push(10).Push(5).ExpectLate().Push(4).ExpectLate(4).End()
            .ExpectPanes(Expected.Pane("k", 5, 6, 1L), Expected.Pane("k", 10, 11, 1L)).ExpectNoState();
    }

    [Fact]
    public void LatenessThreeTakesResultsBackAndReplacesThemUntilTheWindowExpires()
    {
        using var test = Counting(TimeWindows.Tumbling(Ticks(10)), lateness: 3, PaneMode.Retracting);
        test.Push(1, "k").Watermark(9).ExpectNoOutput()
            .Watermark(10).ExpectPanes(Expected.Pane("k", 0, 10, 1L))
            .Push(2, "k")
            .ExpectPanes(Expected.Pane("k", 0, 10, 1L).Late().Retracted(), Expected.Pane("k", 0, 10, 2L).Late())
            .Watermark(12)
            .Push(3, "k")
            .ExpectPanes(Expected.Pane("k", 0, 10, 2L).Late().Retracted(), Expected.Pane("k", 0, 10, 3L).Late())
            .Watermark(13).ExpectNoState()
            .Push(4, "k").ExpectNoOutput().ExpectNoState();
        test.ExpectLate("k");
    }

    [Fact]
    public void ALateRecordBridgesTwoSessionsThatHadFired()
    {
        using var test = Counting(TimeWindows.Session(Ticks(5)), lateness: 20, PaneMode.Retracting);
        test.Push(0, "k").Push(8, "k").Watermark(14)
            .ExpectPanes(Expected.Pane("k", 0, 5, 1L), Expected.Pane("k", 8, 13, 1L))
            .Push(4, "k").ExpectPanes(
                Expected.Pane("k", 0, 5, 1L).Late().Retracted(),
                Expected.Pane("k", 8, 13, 1L).Late().Retracted(),
                Expected.Pane("k", 0, 13, 3L).Late())
            .End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void ARecordBehindIsAcceptedWhereItOverlapsALiveSession()
    {
        using var test = Counting(TimeWindows.Session(Ticks(5)));
        test.Push(10, "k").Watermark(12).Push(6, "k").End().ExpectPanes(Expected.Pane("k", 6, 15, 2L)).ExpectNoState();
        test.ExpectLate();
    }

    [Fact]
    public void ARecordBehindWithoutALiveSessionIsLate()
    {
        using var test = Counting(TimeWindows.Session(Ticks(5)));
        test.Watermark(12).Push(6, "k").ExpectLate("k").End().ExpectNoOutput().ExpectNoState();
        Assert.Equal([Window(6, 11)], Assert.Single(test.LateRecords).MissedWindows);
    }

    [Theory]
    [InlineData(0, 12, 10)]
    [InlineData(0, 10, 12)]
    public void SessionsThatOnlyTouchStayApartInAnyArrivalOrderWithinTheBound(long first, long second, long third)
    {
        using var test = StreamTest.For(
            (DataStream<long> input) => input
                .WithEventTime(t => new Timestamp(t), Watermarks.BoundedOutOfOrderness(Ticks(2)))
                .KeyBy(_ => "k").Window(TimeWindows.Session(Ticks(10))).Count(),
            s_ticks with { GenerateWatermarks = true });
        test.Push(first).Push(second).Push(third).End()
            .ExpectPanes(Expected.Pane("k", 0, 10, 1L), Expected.Pane("k", 10, 22, 2L)).ExpectNoState();
    }

    [Fact]
    public void TwoInputsThatTurnIdleFlushToTheHighest()
    {
        var merge = new WatermarkMerge();
        int in0 = merge.Add(), in1 = merge.Add();

        Assert.Equal(long.MinValue, merge.Advance(in0, 5));
        Assert.Equal(4, merge.Advance(in1, 4));
        Assert.Equal(4, merge.Idle(in0));
        Assert.Equal(5, merge.Idle(in1));
        Assert.True(merge.IsIdle);
    }

    [Fact]
    public void AnInputThatComesBackBehindDoesNotHoldTheOthers()
    {
        var merge = new WatermarkMerge();
        int in0 = merge.Add(), in1 = merge.Add();

        Assert.Equal(long.MinValue, merge.Advance(in0, 10));
        Assert.Equal(4, merge.Advance(in1, 4));
        Assert.Equal(10, merge.Idle(in1));
        Assert.Equal(10, merge.Advance(in1, 6));
        Assert.True(merge.IsRejoining(in1));
        Assert.Equal(12, merge.Advance(in0, 12));
        Assert.Equal(12, merge.Advance(in1, 12));
        Assert.Equal(12, merge.Finish(in0));
        Assert.Equal(20, merge.Advance(in1, 20));
        Assert.Equal(long.MaxValue, merge.Finish(in1));
    }

    [Fact]
    public void AJumpOverEndAndExpiryFiresOnceOnTimeAndFinal()
    {
        using var test = Counting(TimeWindows.Tumbling(Ticks(10)), lateness: 5);
        test.Watermark(0).Push(3, "k").End()
            .ExpectOutput(
                new WindowResult<string, long>("k", Window(0, 10), 1, new Pane(PaneTiming.OnTime, 0, isFinal: true)))
            .ExpectNoState();
    }

    [Fact]
    public void RecordsFarApartCostNoMoreThanTwoPanes()
    {
        const long Far = 1_000_000_000_000_000;
        using var test = Counting(TimeWindows.Tumbling(Ticks(1)));
        test.Push(1, "k").Push(Far, "k").Watermark(Far + 1)
            .ExpectPanes(Expected.Pane("k", 1, 2, 1L), Expected.Pane("k", Far, Far + 1, 1L)).ExpectNoState();
    }

    private static StreamTest<string, WindowResult<string, long>, string> Counting(
        WindowAssigner windows, long lateness = 0, PaneMode mode = PaneMode.Accumulating) => StreamTest.For(
        (DataStream<string> input) => (
            input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(key => key).Window(windows).AllowLateness(Ticks(lateness)).Panes(mode)
                .SideOutputLate(out DataStream<Late<string>> late).Count(),
            late),
        s_ticks);

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);

    private static Window Window(long start, long end) => new(new Timestamp(start), new Timestamp(end));
}
