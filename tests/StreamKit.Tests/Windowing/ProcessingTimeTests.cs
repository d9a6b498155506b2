using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using StreamKit.Records;
using StreamKit.Testing;
using StreamKit.Tests.Runtime;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>Windows in processing time, in tests that move the clock and in jobs.</summary>
public class ProcessingTimeTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private static WindowAssigner TenSeconds => TimeWindows.Tumbling(10 * s_second).InProcessingTime();

    [Fact]
    public void AWindowEndsWhenTheClockReachesItsEndWithoutAnyRecord()
    {
        using var test = Test(TenSeconds);
        test.Push("a").ProcessingTime(4 * s_second).Push("a").Push("b");
        test.ProcessingTime(new TimeSpan((6 * s_second).Ticks - 1)).ExpectNoOutput();
        test.ProcessingTime(new TimeSpan(1)).ExpectPanes(Expected.Pane("a", 0, 10, 2L), Expected.Pane("b", 0, 10, 1L));
        test.ExpectNoState();

        // Nothing is late: the next record is simply in the next window.
        test.Push("a").ProcessingTime(10 * s_second).ExpectPanes(Expected.Pane("a", 10, 20, 1L));
        test.End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void WhatIsOpenWhenTheInputEndsIsSaid()
    {
        using var test = Test(TenSeconds);
        test.Push("a").ProcessingTime(10 * s_second).Push("b").Push("b").End();
        test.ExpectPanes(Expected.Pane("a", 0, 10, 1L), Expected.Pane("b", 10, 20, 2L)).ExpectNoState();
    }

    [Fact]
    public void WhatIsOpenWhenTheInputEndsIsDroppedOnRequestButNotWhatWasDue()
    {
        using var test = Test(TimeWindows.Tumbling(10 * s_second).InProcessingTime(OnCompletion.Drop));
        test.Push("a").ProcessingTime(10 * s_second).Push("b").Push("b").End();
        test.ExpectPanes(Expected.Pane("a", 0, 10, 1L)).ExpectNoState();
    }

    [Fact]
    public void ASessionEndsWhenItsKeyHasBeenSilentForTheGap()
    {
        using var test = Test(TimeWindows.Session(10 * s_second).InProcessingTime());
        test.Push("a").ProcessingTime(7 * s_second).Push("a").Push("b").ProcessingTime(9 * s_second).Push("b");
        test.ExpectNoOutput();
        test.ProcessingTime(s_second).ExpectPanes(Expected.Pane("a", 0, 17, 2L));
        test.ProcessingTime(9 * s_second).ExpectPanes(Expected.Pane("b", 7, 26, 2L)).ExpectNoState();
    }

    [Fact]
    public void ALongSleepFiresAllThatIsOverdueInTheOrderOfItsInstants()
    {
        using var test = Test(TimeWindows.Hopping(10 * s_second, 5 * s_second).InProcessingTime());
        test.Push("a").ProcessingTime(6 * s_second).Push("a").ProcessingTime(TimeSpan.FromDays(1)).ExpectPanes(
            Expected.Pane("a", -5, 5, 1L), Expected.Pane("a", 0, 10, 2L), Expected.Pane("a", 5, 15, 1L));
        test.ExpectNoState();
    }

    [Fact]
    public void EarlyResultsComeToo()
    {
        using var test = StreamTest.For((DataStream<string> s) => s
            .WindowAll(TenSeconds).Early(3 * s_second).Count().Select(static w => (w.Value, w.Pane.Timing)));
        test.Push("a").Push("b").ProcessingTime(3 * s_second).ExpectOutput((2, PaneTiming.Early));
        test.Push("c").ProcessingTime(7 * s_second).ExpectOutput((3, PaneTiming.Early), (3, PaneTiming.OnTime));
    }

    [Fact]
    public void LanesWithoutRecordsDoNotHoldTheOthersUp()
    {
        // The ranking waits until every lane has said that the window is over, also those that never saw a record.
        using var test = StreamTest.For(
            (DataStream<string> s) => s.KeyBy(static k => k).Window(TenSeconds).Count()
                .TopK(1, static w => w.Value).Select(static r => $"{r.Items[0].Key} {r.Items[0].Value}"),
            new StreamTestOptions { Lanes = [1, 2, 7] });
        test.Push("a").Push("b").Push("a").ProcessingTime(10 * s_second).ExpectOutput("a 2");
        test.Push("b").ProcessingTime(10 * s_second).ExpectOutput("b 1").ExpectNoState();
    }

    [Fact]
    public void ACalendarMayGoByTheClockOnTheWall()
    {
        using var test = StreamTest.For(
            (DataStream<string> s) => s.KeyBy(static k => k)
                .Window(CalendarWindows.Days("Europe/Berlin").InProcessingTime()).Count(),
            new StreamTestOptions { Start = new DateTimeOffset(2024, 3, 31, 0, 0, 0, TimeSpan.FromHours(1)) });
        test.Push("a").ProcessingTime(TimeSpan.FromHours(23) - s_second).ExpectNoOutput();
        test.ProcessingTime(s_second);
        WindowResult<string, long> day = Assert.Single(test.Outputs);
        Assert.Equal(TimeSpan.FromHours(23), day.Window.End - day.Window.Start);
    }

    [Fact]
    public void TheTimeOfTheRecordsIsNotLookedAt()
    {
        using var test = StreamTest.For((DataStream<At> s) => s
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static r => r.Key).Window(TenSeconds).Count());
        test.Push(new At(5000, "a")).Watermark(6000).Push(new At(-5000, "a")).ExpectNoOutput();
        test.ProcessingTime(10 * s_second).ExpectPanes(Expected.Pane("a", 0, 10, 2L)).ExpectNoState();
    }

    [Fact]
    public async Task AJobClosesWindowsByItsClock()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        Channel<string> input = Channel.CreateUnbounded<string>();
        var sink = new ScriptedSink<WindowResult<string, long>>();
        StreamBuilder builder = StreamBuilder.Create("live");
        builder.From(input.Reader).KeyBy(static k => k).Window(TenSeconds).Count().To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = clock, Parallelism = 2 });
        Assert.True(input.Writer.TryWrite("a") && input.Writer.TryWrite("a") && input.Writer.TryWrite("b"));
        await Eventually.TrueAsync(() => Counted(job) == 3, "the records are in their window");
        Assert.Empty(sink.Records);

        // Only the clock moves.
        await Eventually.TrueAsync(clock, s_second, () => sink.Records.Count == 2, "the window ended");
        Assert.Equal([("a", 2L), ("b", 1L)], sink.Records.Select(static w => (w.Key, w.Value)).Order());
        Assert.All(sink.Records, w => Assert.True(w.Window.End <= clock.GetUtcNow(), "it ended by the clock"));

        Assert.True(input.Writer.TryWrite("c"));
        await Eventually.TrueAsync(() => Counted(job) == 4, "the last record is in its window");
        input.Writer.Complete();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal("c", sink.Records[^1].Key);
        Assert.True(sink.Records[^1].Pane.IsFinal);
        Assert.Equal(0, job.GetMetrics().LateRecords);
    }

    [Fact]
    public async Task WindowsOverAllRecordsCloseWhereTheSourceIs()
    {
        var clock = new VirtualTime();
        Channel<string> input = Channel.CreateUnbounded<string>();
        var sink = new ScriptedSink<WindowResult<Unit, long>>();
        StreamBuilder builder = StreamBuilder.Create("live");
        builder.From(input.Reader).WindowAll(TimeWindows.Session(10 * s_second).InProcessingTime()).Count().To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = clock });
        Assert.True(input.Writer.TryWrite("a"));
        await Eventually.TrueAsync(() => Counted(job) == 1, "the record is in its window");
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(s_second);
                return sink.Records.Count == 1;
            },
            "the session ended");
        input.Writer.Complete();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(1, Assert.Single(sink.Records).Value);
    }

    [Fact]
    public async Task DroppedWindowsAreCountedAndTheJobEnds()
    {
        var sink = new ScriptedSink<WindowResult<string, long>>();
        StreamBuilder builder = StreamBuilder.Create("drop");
        builder.From(["a", "b", "a"]).KeyBy(static k => k)
            .Window(TimeWindows.Tumbling(10 * s_second).InProcessingTime(OnCompletion.Drop)).Count().To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = new VirtualTime() });
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Empty(sink.Records);
        OperatorMetrics[] windows = [.. job.GetMetrics().Operators.Where(
            static o => o.Operator.StartsWith("window", StringComparison.Ordinal))];
        Assert.Equal(3, windows.Sum(static o => o.RecordsIn));
        Assert.Equal(0, windows.Sum(static o => o.RecordsOut));
        Assert.Equal(2, windows.Sum(static o => o.DroppedRecords));
    }

    [Fact]
    public async Task EventTimeMayBeGivenAnewToTheResultsOfASourceWithManySplits()
    {
        // What is said about the splits of the source must not reach the second event time, which would wait for them.
        var clock = new VirtualTime();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedSplit<string> Split(string key) => new(key, [key]) { BeforeEnd = _ => ended.Task };
        var sink = new ScriptedSink<WindowResult<Unit, long>>();
        StreamBuilder builder = StreamBuilder.Create("anew");
        builder.From(new ScriptedSource<string>(Split("a"), Split("b"), Split("c")))
            .WindowAll(TimeWindows.Tumbling(s_second).InProcessingTime()).Count()
            .SelectMany(static w => new[] { w.Window.Start, w.Window.Start.AddHours(1) })
            .WithEventTime(static at => at, Watermarks.Monotonic())
            .WindowAll(TimeWindows.Tumbling(TimeSpan.FromMinutes(1))).Count().To(sink);
        await using StreamJob job = builder.Build().Start(new JobOptions { Clock = clock });
        await Eventually.TrueAsync(() => Counted(job) == 3, "the records are in their windows");
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(s_second);
                return sink.Records.Count == 1;
            },
            "the first window in event time closed before the end");
        ended.SetResult();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(2, sink.Records.Count);
    }

    // What the first windows of the pipeline have taken, on all lanes.
    private static long Counted(StreamJob job) => job.GetMetrics().Operators
        .Where(static o => o.Operator.StartsWith("window", StringComparison.Ordinal))
        .GroupBy(static o => o.Operator, static o => o.RecordsIn)
        .OrderBy(static lanes => lanes.Key, StringComparer.Ordinal)
        .First().Sum();

    private static StreamTest<string, WindowResult<string, long>> Test(WindowAssigner windows) =>
        StreamTest.For((DataStream<string> s) => s.KeyBy(static k => k).Window(windows).Count());
}
