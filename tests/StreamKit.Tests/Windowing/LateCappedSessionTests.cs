using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>
/// Late records and early panes of capped sessions, by hand; gap 5, at most 8, one tick is one unit, a marker is "X".
/// </summary>
public class LateCappedSessionTests
{
    [Fact]
    public void ALateRecordInsideASessionSaysItAgain()
    {
        using var test = Sessions(lateness: 20, PaneMode.Retracting);
        test.Push(0, "a").Push(4, "c").Watermark(9).ExpectPanes(Said(0, 8, "ac"))
            .Push(2, "b").ExpectPanes(Said(0, 8, "ac").Late().Retracted(), Said(0, 8, "abc").Late());
        test.End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void ALateRecordThatMovesAStartTakesBackEverySessionBehindBeforeItSaysTheNewOnes()
    {
        using var test = Sessions(lateness: 20, PaneMode.Retracting);
        test.Push(4, "b").Push(8, "c").Push(12, "d").Push(16, "e").Watermark(21)
            .ExpectPanes(Said(4, 12, "bc"), Said(12, 20, "de"))
            .Push(0, "a").ExpectPanes(
                Said(4, 12, "bc").Late().Retracted(), Said(12, 20, "de").Late().Retracted(),
                Said(0, 8, "ab").Late(), Said(8, 16, "cd").Late(), Said(16, 21, "e").Late());
        test.End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void WhatALateRecordCutsAnewAndIsNotCompleteWaitsForItsEnd()
    {
        using var test = Sessions(lateness: 20, PaneMode.Retracting);
        test.Push(4, "b").Push(8, "c").Push(11, "d").Watermark(12).ExpectPanes(Said(4, 12, "bcd"))
            .Push(0, "a").ExpectPanes(Said(4, 12, "bcd").Late().Retracted(), Said(0, 8, "ab").Late())
            .Watermark(15).ExpectNoOutput()
            .Watermark(16).ExpectPanes(Said(8, 16, "cd"));
    }

    [Fact]
    public void ALateMarkerSplitsASessionThatHasFired()
    {
        using var test = Sessions(lateness: 20, PaneMode.Retracting);
        test.Push(0, "a").Push(4, "b").Push(6, "c").Watermark(12).ExpectPanes(Said(0, 8, "abc"))
            .Push(2, "X").ExpectPanes(
                Said(0, 8, "abc").Late().Retracted(), Said(0, 3, "aX").Late(), Said(4, 11, "bc").Late());
    }

    [Fact]
    public void AccumulatingPanesSayTheNewSessionsAndTakeNothingBack()
    {
        using var test = Sessions(lateness: 20, PaneMode.Accumulating);
        test.Push(0, "a").Push(4, "b").Push(6, "c").Watermark(12).ExpectPanes(Said(0, 8, "abc"))
            .Push(2, "X").ExpectPanes(Said(0, 3, "aX").Late(), Said(4, 11, "bc").Late());
    }

    [Fact]
    public void DiscardingPanesSayOnlyWhatIsNew()
    {
        using var test = Sessions(lateness: 20, PaneMode.Discarding);
        test.Push(0, "a").Push(4, "b").Push(6, "c").Watermark(12).ExpectPanes(Said(0, 8, "abc"))
            .Push(2, "X").ExpectPanes(Said(0, 3, "X").Late())
            .Push(5, "d").ExpectPanes(Said(4, 11, "d").Late());
        test.End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void NewBoundsCountTheirPanesAnewAndOldBoundsGoOn()
    {
        using var test = Sessions(lateness: 20, PaneMode.Accumulating);
        test.Push(0, "a").Watermark(10).Push(1, "b").Push(1, "c");
        Assert.Equal(
            ["0-5 a OnTime 0", "0-6 ab Late 0", "0-6 abc Late 1"],
            test.Outputs.Select(w => $"{w.Window.StartTime.Ticks}-{w.Window.EndTime.Ticks} {w.Value} "
                + $"{w.Pane.Timing} {w.Pane.Index}"));
    }

    [Fact]
    public void ARecordBehindIsTakenWhereItsSessionHasNotExpired()
    {
        using var test = Sessions(lateness: 0, PaneMode.Accumulating);
        test.Push(10, "b").Watermark(12).Push(6, "a").End().ExpectPanes(Said(6, 14, "ab"));
        test.ExpectLate();
    }

    [Fact]
    public void ARecordBehindIsTooLateWhereTheCapExpiresTheSessionThatItWouldMake()
    {
        // [5, 13) is open; with 1 it would be [1, 9), which has expired, so nothing moves.
        using var test = Sessions(lateness: 0, PaneMode.Accumulating);
        test.Push(5, "b").Push(8, "c").Watermark(12).Push(1, "a").ExpectLate("a");
        Assert.Equal([Span(1, 9)], Assert.Single(test.LateRecords).MissedWindows);
        test.End().ExpectPanes(Said(5, 13, "bc").Final()).ExpectNoState();
    }

    [Fact]
    public void AMarkerBehindIsTooLateWhereTheSessionThatItWouldEndHasExpiredByThen()
    {
        using var test = Sessions(lateness: 0, PaneMode.Accumulating);
        test.Push(5, "a").Push(9, "b").Watermark(10).Push(7, "X").ExpectLate("X");
        Assert.Equal([Span(5, 8)], Assert.Single(test.LateRecords).MissedWindows);
        test.End().ExpectPanes(Said(5, 13, "ab").Final());
    }

    [Fact]
    public void ARecordBelowTheEndOfAnExpiredSessionIsTooLateThoughALiveOneIsNear()
    {
        // Alone it would be [9, 14) and reach the record at 10, but [2, 10) is settled.
        using var test = Sessions(lateness: 0, PaneMode.Accumulating);
        test.Push(2, "a").Push(6, "b").Push(10, "c").Watermark(10).ExpectPanes(Said(2, 10, "ab").Final())
            .Push(9, "d").ExpectLate("d");
        Assert.Equal([Span(9, 10)], Assert.Single(test.LateRecords).MissedWindows);
        test.End().ExpectPanes(Said(10, 15, "c").Final()).ExpectNoState();
    }

    [Fact]
    public void AStragglerOfASessionThatAMarkerEndedOpensNoSecondOne()
    {
        using var test = Sessions(lateness: 0, PaneMode.Accumulating);
        test.Push(0, "a").Push(3, "X").Watermark(4).ExpectPanes(Said(0, 4, "aX").Final())
            .Push(2, "b").ExpectLate("b");
        Assert.Equal([Span(2, 4)], Assert.Single(test.LateRecords).MissedWindows);
        test.End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void ATooLateRecordMissesTheSessionOfItsOwnWhereNothingIsKnownOfItsKey()
    {
        using var test = Sessions(lateness: 3, PaneMode.Accumulating);
        test.Watermark(12).Push(4, "a").ExpectLate("a").Push(5, "b").ExpectLate().ExpectPanes(Said(5, 10, "b").Late());
        Assert.Equal([Span(4, 9)], Assert.Single(test.LateRecords).MissedWindows);
    }

    [Fact]
    public void ASessionIsFinalWhereItsLastPaneComesAtItsExpiry()
    {
        using var test = Sessions(lateness: 3, PaneMode.Accumulating);
        test.Push(0, "a").Watermark(8).ExpectPanes(Said(0, 5, "a").Final());
        test.Push(10, "b").Watermark(15).ExpectPanes(Said(10, 15, "b") with { IsFinal = false });
    }

    [Fact]
    public void AnEarlyPaneIsTakenBackWhereTheSessionGrows()
    {
        using var test = Sessions(lateness: 0, PaneMode.Retracting, early: true);
        test.Push(0, "a").ProcessingTime(Ticks(1)).ExpectPanes(Said(0, 5, "a").Early())
            .Push(2, "b").ExpectPanes(Said(0, 5, "a").Early().Retracted())
            .ProcessingTime(Ticks(1)).ExpectPanes(Said(0, 7, "ab").Early())
            .Watermark(7).ExpectNoOutput().End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void EarlyPanesOfSessionsThatARecordCutsAnewAreTakenBackByStart()
    {
        using var test = Sessions(lateness: 0, PaneMode.Retracting, early: true);
        test.Push(4, "b").Push(8, "c").Push(12, "d").ProcessingTime(Ticks(1))
            .ExpectPanes(Said(4, 12, "bc").Early(), Said(12, 17, "d").Early())
            .Push(0, "a").ExpectPanes(Said(4, 12, "bc").Early().Retracted(), Said(12, 17, "d").Early().Retracted())
            .Watermark(17).ExpectPanes(Said(0, 8, "ab"), Said(8, 16, "cd"));
    }

    [Fact]
    public void AnEarlyRoundSaysOnlyWhatHasChanged()
    {
        using var test = Sessions(lateness: 0, PaneMode.Accumulating, early: true);
        test.Push(0, "a").Push(20, "b").ProcessingTime(Ticks(1))
            .ExpectPanes(Said(0, 5, "a").Early(), Said(20, 25, "b").Early())
            .Push(21, "c").ProcessingTime(Ticks(1)).ExpectPanes(Said(20, 26, "bc").Early())
            .ProcessingTime(Ticks(5)).ExpectNoOutput();
    }

    private static ExpectedPane<string, string> Said(long start, long end, string value) =>
        Expected.Pane("k", start, end, value);

    private static StreamTest<string, WindowResult<string, string>, string> Sessions(
        long lateness, PaneMode mode, bool early = false) => StreamTest.For(
        (DataStream<string> input) =>
        {
            WindowedStream<string, string> windows = input
                .WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(_ => "k")
                .Window(TimeWindows.Session(Ticks(5)).MaxDuration(Ticks(8)).EndsOn((string r) => r == "X"))
                .AllowLateness(Ticks(lateness)).Panes(mode)
                .SideOutputLate(out DataStream<Late<string>> late);
            windows = early ? windows.Early(Ticks(1)) : windows;
            return (windows.Aggregate(a => string.Concat(a.ToList(r => r))), late);
        },
        new StreamTestOptions { Unit = Ticks(1) });

    private static Window Span(long start, long end) => new(new Timestamp(start), new Timestamp(end));

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);
}
