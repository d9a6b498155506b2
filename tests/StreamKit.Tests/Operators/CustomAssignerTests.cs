using System.Globalization;
using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Tests.Laws;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>Windows that users assign, and sessions with a gap of each record; one unit is one tick.</summary>
public class CustomAssignerTests
{
    private static readonly StreamTestOptions s_ticks = new() { Unit = TimeSpan.FromTicks(1) };

    [Fact]
    public void ARecordIsInTheWindowsThatItsAssignerGives()
    {
        using var test = Counting(TimeWindows.Custom(BySize()));
        test.Push(4, "3").Push(4, "10").Push(4, "0").Push(5, "3").Watermark(6)
            .ExpectPanes(Pane(3, 6, 2)).End().ExpectPanes(Pane(0, 10, 1)).ExpectNoState();
        Assert.Equal(1, test.UnassignedRecords);
        test.ExpectLate();
    }

    [Fact]
    public void LatenessIsDecidedWindowByWindowAndReportedOnce()
    {
        using var test = Counting(TimeWindows.Custom(new ScriptedAssigner((_, time, windows) =>
        {
            windows.Add(Window.Aligned(time, Ticks(100)));
            windows.Add(Window.Aligned(time, Ticks(10)));
            windows.Add(Window.Aligned(time, Ticks(5)));
        })));
        test.Watermark(7).Push(4, "k").Watermark(12).Push(3, "k").ExpectPanes(Pane(0, 10, 1));

        Assert.Equal(
            ["[0, 5) True", "[0, 5) [0, 10) True"],
            test.LateRecords.Select(l => string.Join(' ', l.MissedWindows
                .Select(w => $"[{w.StartTime.Ticks}, {w.EndTime.Ticks})").Append($"{l.AcceptedByOthers}"))));
        test.End().ExpectPanes(Pane(0, 100, 2)).ExpectNoState();
    }

    [Theory]
    [InlineData("outside", "does not contain")]
    [InlineData("many", "more than 100 windows")]
    [InlineData("twice", "twice")]
    [InlineData("odd", "granularity")]
    public void AnAssignerThatBreaksALawIsNamedWithTheRecord(string mistake, string message)
    {
        using var test = Counting(TimeWindows.Custom(
            new ScriptedAssigner((record, time, windows) =>
            {
                for (int i = 1; i <= (record == "many" ? int.MaxValue : record == "twice" ? 2 : 1); i++)
                {
                    windows.Add(Window.From(
                        new Timestamp(time.Ticks + (record == "outside" ? 1 : 0)),
                        Ticks(record == "many" ? 2 * i : 10)));
                }
            })
            { Granularity = Ticks(2) },
            maxWindowsPerRecord: 100));
        var failure = Assert.Throws<StreamTestException>(
            () => test.Push(mistake == "odd" ? 3 : 4, mistake).ExpectNoOutput());
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAnAssignerOrAnAggregatorRefusesLeavesNoTraceWhereTheJobGoesOn()
    {
        (long At, string Value)[] records = [(1, "3"), (1, "x"), (2, "9223372036854775807"), (2, "3"), (2, "1000")];
        var letters = new CollectingSink<DeadLetter>();
        var results = new List<string>();
        await foreach (WindowResult<string, long> result in records.ToDataStream()
            .WithEventTime(r => new Timestamp(r.At), Watermarks.Monotonic())
            .Select(r => r.Value)
            .KeyBy(_ => "k").Window(TimeWindows.Custom(BySize()))
            .Sum(text => text == "1000" ? throw new FormatException() : 1L)
            .ReadAllAsync(
                new JobOptions { BatchSize = 1, OnError = ErrorPolicy.DeadLetter(letters) },
                TestContext.Current.CancellationToken))
        {
            results.Add($"{result.Window.StartTime.Ticks} {result.Window.EndTime.Ticks} {result.Value}");
        }

        Assert.Equal(["0 3 2", "0 9223372036854775807 1"], results);
        Assert.Equal(["1000", "x"], letters.Records.Select(l => (string)l.Record!).Order());
    }

    [Fact]
    public void EachRecordsGapCountsAndAShortOneNeverShortensTheSession()
    {
        using var test = Counting(TimeWindows.Session((string gap) => Gap(gap)));
        test.Push(0, "20").Push(5, "1").Push(19, "2").Watermark(20).ExpectNoOutput()
            .Watermark(21).ExpectPanes(Pane(0, 21, 3))
            .Push(30, "3").Push(33, "3").Push(32, "1").End()
            .ExpectPanes(Pane(30, 33, 2), Pane(33, 36, 1)).ExpectNoState();
    }

    [Fact]
    public void ALongGapThatComesLateBridgesSessions()
    {
        using var test = Counting(
            TimeWindows.Session((string gap) => Gap(gap)),
            w => w.AllowLateness(Ticks(100)).Panes(PaneMode.Retracting).Late(Triggers.EveryRecord()));
        test.Push(0, "5").Push(8, "5").Watermark(14).ExpectPanes(Pane(0, 5, 1), Pane(8, 13, 1))
            .Push(2, "7").ExpectPanes(
                Pane(0, 5, 1).Late().Retracted(), Pane(8, 13, 1).Late().Retracted(), Pane(0, 13, 3).Late())
            .End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void ASessionsGapThatIsNotPositiveIsAnError()
    {
        using var test = Counting(TimeWindows.Session((string _) => TimeSpan.Zero));
        var failure = Assert.Throws<StreamTestException>(() => test.Push(1, "k").ExpectNoOutput());
        Assert.Contains("more than zero", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAssignerMayDecideThatTouchingWindowsMerge()
    {
        using var test = Counting(TimeWindows.Custom(new TouchingAssigner(Ticks(5))));
        test.Push(0, "k").Push(10, "k").Push(5, "k").Push(16, "k").End()
            .ExpectPanes(Pane(0, 15, 3), Pane(16, 21, 1)).ExpectNoState();
    }

    [Fact]
    public void WindowsAtBothEndsOfEventTimeStopThere()
    {
        using var test = Counting(TimeWindows.Session((string gap) => Gap(gap)));
        test.Push(long.MinValue + 1, "5").Push(long.MaxValue - 2, "5").Watermark(0)
            .ExpectPanes(Pane(long.MinValue + 1, long.MinValue + 6, 1))
            .End().ExpectPanes(Pane(long.MaxValue - 2, long.MaxValue, 1).Final()).ExpectNoState();
    }

    [Fact]
    public void OverAllRecordsTheAssignersWindowsAreTheSame()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .WindowAll(TimeWindows.Custom(BySize())).Count(),
            s_ticks);
        test.Push(4, "10").Push(5, "10").End().ExpectOutputWhere(w => w.Value == 2 && w.Window.EndTime.Ticks == 10);
    }

    [Fact]
    public void TheAssignersOfTheTestsAndOfTheLibraryKeepTheLaws()
    {
        WindowAssignerLaws.Check(BySize(), ["0", "1", "7", "100"]);
        WindowAssignerLaws.Check(new TouchingAssigner(Ticks(5)), ["k"]);
        WindowAssignerLaws.Check(new GapSessions<string>(Gap), ["1", "5", "1000000"]);
        WindowAssignerLaws.Check(
            new ShapeAssigner(OracleShape.Hopping(10, 4, 3)), [new OracleElement<int, int>(1, 2, 3)]);
    }

    [Fact]
    public void ALimitOrGranularityThatIsNotPositiveIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWindows.Custom(BySize(), maxWindowsPerRecord: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWindows.Custom(
            new ScriptedAssigner((_, _, _) => { }) { Granularity = Ticks(-1) }));
    }

    // One window of the size that the record names; none where it is zero.
    private static ScriptedAssigner BySize() => new((record, time, windows) =>
    {
        long size = long.Parse(record, CultureInfo.InvariantCulture);
        if (size > 0)
        {
            windows.Add(Window.Aligned(time, Ticks(size)));
        }
    });

    private static TimeSpan Gap(string text) => Ticks(long.Parse(text, CultureInfo.InvariantCulture));

    private static StreamTest<string, WindowResult<string, long>, string> Counting(
        RecordWindows<string> windows,
        Func<WindowedStream<string, string>, WindowedStream<string, string>>? more = null) => StreamTest.For(
        (DataStream<string> input) => (
            (more ?? (w => w))(input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(_ => "k").Window(windows))
                .SideOutputLate(out DataStream<Late<string>> late).Count(),
            late),
        s_ticks);

    private static ExpectedPane<string, long> Pane(long start, long end, long count) =>
        Expected.Pane("k", start, end, count);

    private static TimeSpan Ticks(long ticks) => TimeSpan.FromTicks(ticks);
}
