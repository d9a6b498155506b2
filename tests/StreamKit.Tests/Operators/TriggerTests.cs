using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>What each trigger makes a window say, and when; one unit is one tick.</summary>
public class TriggerTests
{
    // The last multiple of ten.
    private const long LastStart = long.MaxValue - 7;

    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1) };

    [Fact]
    public void EveryTwoRecordsTheOpenWindowSaysWhatItHas()
    {
        using var test = Counting(Ten, w => w.Early(Triggers.EveryRecords(2)));
        test.Push(1, "k").ExpectNoOutput()
            .Push(2, "k").ExpectPanes(Pane(0, 10, 2).Early() with { Index = 0, IsFinal = false })
            .Push(3, "k").Push(4, "k").Push(5, "k").ExpectPanes(Pane(0, 10, 4).Early() with { Index = 1 })
            .Watermark(10).ExpectPanes(Pane(0, 10, 5).Final() with { Index = 2 }).ExpectNoState();
    }

    [Fact]
    public void WhenTheWatermarkPassesAMultipleTheOpenWindowSpeaksOnceHoweverFarItLeapt()
    {
        using var test = Counting(TimeWindows.Tumbling(Ticks(100)), w => w.Early(Triggers.EveryEventTime(Ticks(10))));
        test.Watermark(0).Push(1, "k").Watermark(9).ExpectNoOutput()
            .Watermark(10).ExpectPanes(Pane(0, 100, 1).Early())
            .Watermark(35).ExpectNoOutput()
            .Push(36, "k").Push(37, "k").Watermark(80).ExpectPanes(Pane(0, 100, 3).Early())
            .Push(90, "k").Watermark(250).ExpectPanes(Pane(0, 100, 4).Final()).ExpectNoState();
    }

    [Fact]
    public void ABurstOfLateRecordsMakesOneResultAfterTheDelay()
    {
        using var test = Counting(
            Ten, w => w.AllowLateness(Ticks(50)).Late(Triggers.EveryProcessingTime(Ticks(5))));
        test.Push(1, "k").Watermark(10).ExpectPanes(Pane(0, 10, 1))
            .Push(2, "k").Push(3, "k").ProcessingTime(Ticks(4)).Push(4, "k").ExpectNoOutput()
            .ProcessingTime(Ticks(1)).ExpectPanes(Pane(0, 10, 4).Late() with { Index = 1, IsFinal = false })
            .ProcessingTime(Ticks(100)).ExpectNoOutput()
            .Push(5, "k").Watermark(60).ExpectPanes(Pane(0, 10, 5).Late().Final()).ExpectNoState();
    }

    [Fact]
    public void WithoutALateTriggerFiringWhatCameLateIsSaidOnceAtExpiry()
    {
        using var test = Counting(Ten, w => w.AllowLateness(Ticks(5)).Late(Triggers.Never()));
        test.Push(1, "k").Watermark(10).ExpectPanes(Pane(0, 10, 1) with { IsFinal = false })
            .Push(2, "k").Push(3, "k").Watermark(14).ExpectNoOutput()
            .Watermark(15).ExpectPanes(Pane(0, 10, 3).Late().Final()).ExpectNoState()
            .Push(4, "k").ExpectNoOutput();
        test.ExpectLate("k");
    }

    [Fact]
    public void AWindowThatOpensLateSaysItsFirstResultByTheLateTrigger()
    {
        using var test = Counting(Ten, w => w.AllowLateness(Ticks(50)).Late(Triggers.EveryRecords(2)));
        test.Watermark(20).Push(1, "k").ExpectNoOutput()
            .Push(2, "k").ExpectPanes(Pane(0, 10, 2).Late() with { Index = 0 })
            .Push(3, "k").End().ExpectPanes(Pane(0, 10, 3).Late().Final() with { Index = 1 }).ExpectNoState();
    }

    [Fact]
    public void UpdatesAreThrottledForEachKeyAndTheLastOneIsNotLost()
    {
        using var test = Counting(Ten, w => w.EmitOnUpdate(throttle: Ticks(10)));
        test.Push(1, "a").ExpectPanes(Pane(0, 10, 1, "a").Early())
            .ProcessingTime(Ticks(3)).Push(2, "a").Push(3, "a").Push(1, "b").ExpectPanes(Pane(0, 10, 1, "b").Early())
            .ProcessingTime(Ticks(6)).ExpectNoOutput()
            .ProcessingTime(Ticks(1)).ExpectPanes(Pane(0, 10, 3, "a").Early())
            .ProcessingTime(Ticks(50)).ExpectNoOutput()
            .Push(4, "a").ExpectPanes(Pane(0, 10, 4, "a").Early())
            .Push(5, "a").Watermark(10)
            .ExpectPanes(Pane(0, 10, 5, "a"), Pane(0, 10, 1, "b"))
            .ProcessingTime(Ticks(50)).ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void UpdatesWithoutAThrottleAreTakenBackOneByOne()
    {
        using var test = Counting(Ten, w => w.EmitOnUpdate().AllowLateness(Ticks(5)).Panes(PaneMode.Retracting));
        test.Push(1, "k").Push(2, "k")
            .ExpectPanes(Pane(0, 10, 1).Early(), Pane(0, 10, 1).Early().Retracted(), Pane(0, 10, 2).Early())
            .Watermark(10).ExpectNoOutput()
            .Push(3, "k").ExpectPanes(Pane(0, 10, 2).Late().Retracted(), Pane(0, 10, 3).Late())
            .Watermark(15).ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void TheGlobalWindowSpeaksByItsTriggerAndOnceAtTheEndOfTime()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) =>
                input.KeyBy(key => key).Window(TimeWindows.Global()).Trigger(Triggers.EveryRecords(2)).Count(),
            s_ticks);
        test.Push("a").Push("b").Push("a").ExpectOutputWhere(w => w is { Key: "a", Value: 2, Pane.Index: 0 })
            .End().ExpectOutputWhere(
                w => w is { Key: "a", Value: 2, Pane: { Timing: PaneTiming.OnTime, IsFinal: true, Index: 1 } },
                w => w is { Key: "b", Value: 1, Pane: { Timing: PaneTiming.OnTime, IsFinal: true, Index: 0 } })
            .ExpectNoState();
    }

    [Fact]
    public void MergedSessionsAddTheirCounts()
    {
        using var test = Counting(TimeWindows.Session(Ticks(5)), w => w.Early(Triggers.EveryRecords(4)));
        test.Push(0, "k").Push(1, "k").Push(8, "k").ExpectNoOutput()
            .Push(4, "k").ExpectPanes(Pane(0, 13, 4).Early())
            .End().ExpectPanes(Pane(0, 13, 4)).ExpectNoState();
    }

    [Fact]
    public void MergedSessionsKeepTheEarlierTimerAndLoseTheOther()
    {
        using var test = Counting(TimeWindows.Session(Ticks(5)), w => w.Early(new Laws.DelayTrigger<string>(10)));
        test.Push(0, "k").ProcessingTime(Ticks(3)).Push(8, "k").Push(4, "k")
            .ProcessingTime(Ticks(6)).ExpectNoOutput()
            .ProcessingTime(Ticks(1)).ExpectPanes(Pane(0, 13, 3).Early())
            .ProcessingTime(Ticks(50)).ExpectNoOutput()
            .End().ExpectPanes(Pane(0, 13, 3)).ExpectNoState();
    }

    [Fact]
    public void ATimerOfTheOpenWindowIsGoneWhenItIsComplete()
    {
        using var test = Counting(
            Ten, w => w.Early(new Laws.DelayTrigger<string>(10)).AllowLateness(Ticks(90)).Late(Triggers.Never()));
        test.Push(1, "k").Watermark(10).ExpectPanes(Pane(0, 10, 1)).Push(2, "k")
            .ProcessingTime(Ticks(50)).ExpectNoOutput()
            .Watermark(100).ExpectPanes(Pane(0, 10, 2).Late().Final()).ExpectNoState();
    }

    [Fact]
    public void TimersAndWindowsThatAreDueTogetherFireByTimeThenByStartThenByTheOrderOfKeys()
    {
        using var test = Counting(
            TimeWindows.Hopping(Ticks(20), Ticks(10)), w => w.Early(Triggers.EveryEventTime(Ticks(5))));
        test.Watermark(7).Push(4, "b").Push(3, "a").Watermark(11).ExpectPanes(
                Pane(-10, 10, 1, "b"), Pane(-10, 10, 1, "a"), Pane(0, 20, 1, "b").Early(), Pane(0, 20, 1, "a").Early())
            .Push(12, "a").Watermark(30).ExpectPanes(
                Pane(0, 20, 1, "b"), Pane(0, 20, 2, "a"), Pane(10, 30, 1, "a"))
            .ExpectNoState();
    }

    [Fact]
    public void ATimerThatIsDueBeforeTheEndOfAnotherWindowFiresFirst()
    {
        using var test = Counting(
            TimeWindows.Hopping(Ticks(20), Ticks(10)), w => w.Early(Triggers.EveryEventTime(Ticks(5))));
        test.Watermark(2).Push(4, "k").Watermark(11).ExpectPanes(Pane(0, 20, 1).Early(), Pane(-10, 10, 1))
            .Watermark(20).ExpectPanes(Pane(0, 20, 1)).ExpectNoState();
    }

    [Fact]
    public void TriggersAtBothEndsOfEventTimeStopThere()
    {
        using var test = Counting(
            Ten, w => w.Early(Triggers.EveryEventTime(Ticks(7))).AllowLateness(Ticks(50)).Late(Triggers.Never()));
        test.Push(long.MinValue + 1, "k").Push(long.MaxValue - 2, "k").Watermark(long.MinValue + 8)
            .ExpectPanes(Pane(LastStart, long.MaxValue, 1).Early(), Pane(long.MinValue, long.MinValue + 8, 1))
            .Watermark(0).ExpectNoOutput()
            .Push(long.MaxValue - 1, "k").End()
            .ExpectPanes(Pane(LastStart, long.MaxValue, 2).Final()).ExpectNoState();
    }

    [Fact]
    public void TheLastOfTwoEarlyTriggersCounts()
    {
        using var test = Counting(Ten, w => w.Early(Triggers.EveryRecord()).Early(Ticks(5)));
        test.Push(1, "k").ExpectNoOutput().ProcessingTime(Ticks(5)).ExpectPanes(Pane(0, 10, 1).Early());
        using var other = Counting(Ten, w => w.Early(Ticks(5)).Early(Triggers.EveryRecord()));
        other.Push(1, "k").ExpectPanes(Pane(0, 10, 1).Early()).ProcessingTime(Ticks(5)).ExpectNoOutput();
    }

    [Fact]
    public void ARankingFollowsTheEarlyResultsOfATrigger()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(key => key).Window(Ten).Early(Triggers.EveryRecord()).Count().TopK(1, by: w => w.Value),
            s_ticks with { Lanes = [1] });
        test.Push(1, "a").Push(2, "b").Push(3, "b").ProcessingTime(Ticks(1))
            .ExpectOutputWhere(r => r is { Items: [{ Key: "b", Value: 2 }], Pane.Timing: PaneTiming.Early })
            .Watermark(10).ExpectOutputWhere(r => r is { Items: [{ Key: "b" }], Pane.Timing: PaneTiming.OnTime })
            .ExpectNoState();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void APeriodOrACountThatIsNotPositiveIsRefused(long amount)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Triggers.EveryRecords(amount));
        Assert.Throws<ArgumentOutOfRangeException>(() => Triggers.EveryEventTime(Ticks(amount)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Triggers.EveryProcessingTime(Ticks(amount)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Counting(Ten, w => w.EmitOnUpdate(throttle: Ticks(amount))));
    }

    private static WindowAssigner Ten => TimeWindows.Tumbling(Ticks(10));

    private static StreamTest<string, WindowResult<string, long>, string> Counting(
        WindowAssigner windows, Func<WindowedStream<string, string>, WindowedStream<string, string>> triggers) =>
        StreamTest.For(
            (DataStream<string> input) => (
                triggers(input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                    .KeyBy(key => key).Window(windows))
                    .SideOutputLate(out DataStream<Late<string>> late).Count(),
                late),
            s_ticks);

    private static ExpectedPane<string, long> Pane(long start, long end, long count, string key = "k") =>
        Expected.Pane(key, start, end, count);

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);
}
