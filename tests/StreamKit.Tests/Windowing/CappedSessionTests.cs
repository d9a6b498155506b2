using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>Sessions with a longest duration and end markers, by hand; one tick is one unit, a marker is "X".</summary>
public class CappedSessionTests
{
    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1) };

    // --- A longest duration.

    [Fact]
    public void ABotThatNeverPausesHasASessionForEachLongestDuration()
    {
        using var test = Sessions(gap: 5, most: 12);
        for (long at = 0; at < 36; at++)
        {
            test.Push(at, "a");
        }

        test.End().ExpectPanes(Said(0, 12, new string('a', 12)), Said(12, 24, new string('a', 12)),
            Said(24, 36, new string('a', 12))).ExpectNoState();
    }

    [Fact]
    public void ARecordExactlyTheLongestDurationAfterTheFirstOpensTheNextSession()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(0, "a").Push(4, "b").Push(8, "c").End().ExpectPanes(Said(0, 8, "ab"), Said(8, 13, "c"));
    }

    [Fact]
    public void ARecordOneTickBeforeIsStillInside()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(0, "a").Push(4, "b").Push(7, "c").End().ExpectPanes(Said(0, 8, "abc"));
    }

    [Fact]
    public void APauseEndsASessionBeforeItsLongestDuration()
    {
        using var test = Sessions(gap: 5, most: 100);
        test.Push(0, "a").Push(5, "b").End().ExpectPanes(Said(0, 5, "a"), Said(5, 10, "b"));
    }

    [Fact]
    public void ALongestDurationBelowTheGapCutsASingleRecord()
    {
        using var test = Sessions(gap: 50, most: 3);
        test.Push(0, "a").Push(2, "b").Push(3, "c").Push(9, "d").End()
            .ExpectPanes(Said(0, 3, "ab"), Said(3, 6, "c"), Said(9, 12, "d"));
    }

    [Fact]
    public void ALongestDurationOfOneTickMakesOneSessionPerInstant()
    {
        using var test = Sessions(gap: 5, most: 1);
        test.Push(0, "a").Push(1, "b").Push(0, "c").End().ExpectPanes(Said(0, 1, "ac"), Said(1, 2, "b"));
    }

    [Fact]
    public void TheCutIsMeasuredFromEachSessionsOwnStart()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(0, "a").Push(4, "b").Push(9, "c").Push(13, "d").Push(16, "e").Push(17, "f").End()
            .ExpectPanes(Said(0, 8, "ab"), Said(9, 17, "cde"), Said(17, 22, "f"));
    }

    [Fact]
    public void NegativeTimesAreCutLikeAnyOther()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(-20, "a").Push(-16, "b").Push(-12, "c").End().ExpectPanes(Said(-20, -12, "ab"), Said(-12, -7, "c"));
    }

    [Fact]
    public void TheEndsOfTimeHoldASession()
    {
        const long Last = long.MaxValue - 1, First = long.MinValue + 1;
        using var test = Sessions(gap: 5, most: 8);
        test.Push(First, "a").Push(First + 4, "b").Push(First + 8, "c").Push(Last, "z").End()
            .ExpectPanes(Said(First, First + 8, "ab"), Said(First + 8, First + 13, "c"), Said(Last, long.MaxValue, "z"))
            .ExpectNoState();
    }

    // --- On time, in another order.

    [Fact]
    public void ARecordThatArrivesEarlierThanTheFirstMovesEveryCutBehindIt()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(4, "b").Push(8, "c").Push(11, "d").Push(12, "e").Push(0, "a").End()
            .ExpectPanes(Said(0, 8, "ab"), Said(8, 16, "cde")).ExpectNoState();
    }

    [Fact]
    public void ARecordBetweenTwoSessionsJoinsThemUpToTheCut()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(0, "a").Push(7, "c").Push(9, "d").Push(4, "b").End()
            .ExpectPanes(Said(0, 8, "abc"), Said(9, 14, "d"));
    }

    [Fact]
    public void ANewCutEndsWhereTheOldOneBeginsAnew()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(20, "x").Push(24, "y").Push(27, "z").Push(4, "b").Push(8, "c").Push(0, "a").End()
            .ExpectPanes(Said(0, 8, "ab"), Said(8, 13, "c"), Said(20, 28, "xyz"));
    }

    // --- End markers.

    [Fact]
    public void AMarkerEndsItsSessionJustAfterItself()
    {
        using var test = Marked(gap: 5);
        test.Push(0, "a").Push(2, "X").Push(3, "b").End().ExpectPanes(Said(0, 3, "aX"), Said(3, 8, "b"));
    }

    [Fact]
    public void AMarkerAloneIsASessionOfOneTick()
    {
        using var test = Marked(gap: 5);
        test.Push(2, "X").Watermark(3).ExpectPanes(Said(2, 3, "X").Final());
    }

    [Theory]
    [InlineData("Xa")]
    [InlineData("aX")]
    public void RecordsAtTheTimeOfTheMarkerAreInItsSessionInEitherOrder(string order)
    {
        using var test = Marked(gap: 5);
        test.Push(0, "s").Push(2, order[..1]).Push(2, order[1..]).Push(3, "b").End()
            .ExpectPanes(Said(0, 3, "s" + order), Said(3, 8, "b"));
    }

    [Fact]
    public void TwoMarkersAtOneTimeAreOneEnd()
    {
        using var test = Marked(gap: 5);
        test.Push(2, "X").Push(2, "X").Push(4, "b").End().ExpectPanes(Said(2, 3, "XX"), Said(4, 9, "b"));
    }

    [Fact]
    public void EachOfTwoMarkersEndsASession()
    {
        using var test = Marked(gap: 5);
        test.Push(2, "X").Push(3, "X").End().ExpectPanes(Said(2, 3, "X"), Said(3, 4, "X"));
    }

    [Fact]
    public void AMarkerThatArrivesAfterLaterRecordsSplitsTheirSession()
    {
        using var test = Marked(gap: 5);
        test.Push(0, "a").Push(4, "b").Push(6, "c").Push(2, "X").End()
            .ExpectPanes(Said(0, 3, "aX"), Said(4, 11, "bc")).ExpectNoState();
    }

    [Fact]
    public void AMarkerCanTurnAnInstantThatHasRecordsIntoAnEnd()
    {
        using var test = Marked(gap: 5);
        test.Push(0, "a").Push(2, "b").Push(4, "c").Push(2, "X").End()
            .ExpectPanes(Said(0, 3, "abX"), Said(4, 9, "c"));
    }

    [Fact]
    public void ARecordBeforeAMarkedSessionJoinsItAndLeavesItsEnd()
    {
        using var test = Marked(gap: 5);
        test.Push(4, "X").Push(6, "b").Push(1, "a").End().ExpectPanes(Said(1, 5, "aX"), Said(6, 11, "b"));
    }

    [Fact]
    public void ALongestDurationAndMarkersWorkTogether()
    {
        using var test = Marked(gap: 5, most: 8);
        test.Push(0, "a").Push(4, "b").Push(8, "c").Push(9, "X").Push(10, "d").End()
            .ExpectPanes(Said(0, 8, "ab"), Said(8, 10, "cX"), Said(10, 15, "d"));
    }

    [Fact]
    public void ThePredicateIsAskedOnceForEachRecord()
    {
        int asked = 0;
        using (var test = StreamTest.For(
            (DataStream<string> input) => Timed(input).KeyBy(_ => "k")
                .Window(TimeWindows.Session(Ticks(5)).EndsOn((string _) => ++asked < 0)).Count(),
            s_ticks with { Lanes = [], RandomReplays = 0 }))
        {
            test.Push(0, "a").Push(1, "b").Push(2, "c").End();
        }

        Assert.Equal(3, asked);
    }

    // --- Closing.

    [Fact]
    public void ASessionClosesWhenTheWatermarkReachesItsCut()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(0, "a").Push(4, "b").Push(7, "c").Watermark(7).ExpectNoOutput()
            .Watermark(8).ExpectPanes(Said(0, 8, "abc").Final());
    }

    [Fact]
    public void NothingIsHeldOfAKeyOnceAStragglerCouldOpenNoSessionOverItsLastOne()
    {
        using var test = Sessions(gap: 5, most: 8);
        test.Push(0, "a").Watermark(5).ExpectPanes(Said(0, 5, "a").Final()).Watermark(9).ExpectNoState();
    }

    [Fact]
    public void SessionsOfOneWatermarkComeByEndThenStartThenTheFirstArrival()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => Timed(input).KeyBy(r => r[0])
                .Window(TimeWindows.Session(Ticks(5)).MaxDuration(Ticks(8))).Count(),
            s_ticks with { Lanes = [1] });
        test.Push(2, "c").Push(2, "b").Push(1, "a").Push(0, "d").Push(4, "d").Watermark(20).ExpectPanes(
            Expected.Pane('a', 1, 6, 1L), Expected.Pane('c', 2, 7, 1L), Expected.Pane('b', 2, 7, 1L),
            Expected.Pane('d', 0, 8, 2L));
    }

    [Fact]
    public void AllRecordsCanBeOneKey()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => Timed(input)
                .WindowAll(TimeWindows.Session(Ticks(5)).MaxDuration(Ticks(8)).EndsOn((string r) => r == "X"))
                .Count(),
            s_ticks);
        test.Push(0, "a").Push(2, "X").Push(4, "b").End();
        Assert.Equal([(0L, 2L), (4L, 1L)], test.Outputs.Select(w => (w.Window.StartTime.Ticks, w.Value)));
    }

    [Fact]
    public void TheTimesOfTheFirstAndTheLastRecordAreAggregates()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => Timed(input).KeyBy(_ => "k")
                .Window(TimeWindows.Session(TimeSpan.FromSeconds(5)).MaxDuration(TimeSpan.FromSeconds(8)))
                .Aggregate(a => (a.FirstEventTime(), a.LastEventTime(), a.LastEventTime() - a.FirstEventTime())));
        test.Push(4, "b").Push(2, "a").End();
        Assert.Equal((At(2), At(4), TimeSpan.FromSeconds(2)), Assert.Single(test.Outputs).Value);
        Assert.Equal(At(9), test.Outputs[0].Window.End);

        static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ALongestDurationIsPositive(long most)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWindows.Session(Ticks(5)).MaxDuration(Ticks(most)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TimeWindows.Session(Ticks(5)).EndsOn((string _) => false).MaxDuration(Ticks(most)));
    }

    [Fact]
    public void TriggersOfOnesOwnAreRefusedWithAReasonThatPlainSessionsDoNotGive()
    {
        Assert.Null(((WindowAssigner)TimeWindows.Session(Ticks(5))).WhyNoTriggers);
        Assert.Contains("MaxDuration", TimeWindows.Session(Ticks(5)).MaxDuration(Ticks(9)).WhyNoTriggers);
        Assert.Contains("EndsOn", TimeWindows.Session(Ticks(5)).EndsOn((string _) => true).Assigner.WhyNoTriggers);
    }

    private static ExpectedPane<string, string> Said(long start, long end, string value) =>
        Expected.Pane("k", start, end, value);

    private static StreamTest<string, WindowResult<string, string>> Sessions(long gap, long most) => StreamTest.For(
        (DataStream<string> input) => Timed(input).KeyBy(_ => "k")
            .Window(TimeWindows.Session(Ticks(gap)).MaxDuration(Ticks(most)))
            .Aggregate(a => string.Concat(a.ToList(r => r))),
        s_ticks);

    private static StreamTest<string, WindowResult<string, string>> Marked(long gap, long most = long.MaxValue) =>
        StreamTest.For(
            (DataStream<string> input) => Timed(input).KeyBy(_ => "k")
                .Window(TimeWindows.Session(Ticks(gap)).EndsOn((string r) => r == "X").MaxDuration(Ticks(most)))
                .Aggregate(a => string.Concat(a.ToList(r => r))),
            s_ticks);

    private static DataStream<string> Timed(DataStream<string> input) =>
        input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic());

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);
}
