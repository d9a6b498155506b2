using StreamKit.Records;
using StreamKit.Testing;
using StreamKit.Tests.Laws;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Windowing;

/// <summary>Windows by count, as a user meets them.</summary>
public class CountWindowTests
{
    [Fact]
    public void AFullWindowSpeaksAtOnceAndAnUnfilledOneNever()
    {
        using var test = Counting(CountWindows.Tumbling(3));
        test.Push(5, "a").Push(2, "a").ExpectNoOutput();
        test.Push(9, "b").Push(4, "a").ExpectPanes(Expected.Pane("a", 2, 6, "5 2 4") with { IsFinal = true });
        test.Push(6, "a").End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void WhatTheEndCutsOffSpeaksOnRequestAndEndsWithTime()
    {
        using var test = Counting(CountWindows.Tumbling(3, PartialWindows.Emit));
        test.Push(5, "a").Push(2, "a").Watermark(1_000).ExpectNoOutput();
        test.End().ExpectOutputWhere(w => w is { Key: "a", Value: "5 2" }
            && w.Window == new Window(new Timestamp(2), Timestamp.MaxValue));
        test.ExpectNoState();
    }

    [Fact]
    public void SlidingWindowsHoldTheLastRecordsOfTheirKey()
    {
        using var test = Counting(CountWindows.Sliding(size: 3, every: 2));
        test.Push(1, "a").Push(2, "a").ExpectNoOutput();
        test.Push(3, "a").Push(4, "a").ExpectPanes(Expected.Pane("a", 2, 5, "2 3 4"));
        test.Push(5, "a").Push(6, "a").Push(7, "a").ExpectPanes(Expected.Pane("a", 4, 7, "4 5 6"));
        test.End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void PartialSlidingWindowsSpeakAtTheStartAndOnceAtTheEnd()
    {
        using var test = Counting(CountWindows.Sliding(size: 5, every: 2, PartialWindows.Emit));
        test.Push(1, "a").Push(2, "a").ExpectPanes(Expected.Pane("a", 1, 3, "1 2"));
        test.Push(3, "a").Push(4, "a").ExpectPanes(Expected.Pane("a", 1, 5, "1 2 3 4"));
        test.Push(5, "a").Push(6, "a").Push(7, "a").ExpectPanes(Expected.Pane("a", 2, 7, "2 3 4 5 6"));
        test.End().ExpectOutputWhere(static w => w.Value == "4 5 6 7");
        test.ExpectNoState();
    }

    [Fact]
    public void NothingNewAtTheEndSaysNothing()
    {
        using var test = Counting(CountWindows.Sliding(size: 4, every: 2, PartialWindows.Emit));
        test.Push(1, "a").Push(2, "a").ExpectPanes(Expected.Pane("a", 1, 3, "1 2"));
        test.End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void RecordsBetweenTwoWindowsAreUnassigned()
    {
        using var test = Counting(CountWindows.Sliding(size: 1, every: 3));
        test.Push(1, "a").Push(2, "a").Push(3, "a").ExpectPanes(Expected.Pane("a", 3, 4, "3"));
        test.Push(4, "a").End().ExpectNoOutput().ExpectNoState();
        Assert.Equal(3, test.UnassignedRecords);
    }

    [Fact]
    public void RecordsBehindTheWatermarkCountLikeAll()
    {
        using var test = Counting(CountWindows.Tumbling(2));
        test.Push(50, "a").Watermark(100).Push(-7, "a").ExpectPanes(Expected.Pane("a", -7, 51, "50 -7"));
        test.Watermark(200).Push(150, "a").Push(250, "a").ExpectPanes(Expected.Pane("a", 150, 251, "150 250"));
    }

    [Fact]
    public void TheEndsOfTimeAreOrdinaryTimes()
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => input.KeyBy(static k => k).Window(CountWindows.Tumbling(2)).Count(),
            EngineRun.InTicks);
        test.Push(long.MinValue + 1, "a").Push(long.MaxValue - 1, "a").ExpectOutputWhere(static w => w.Value == 2
            && w.Window == new Window(new Timestamp(long.MinValue + 1), Timestamp.MaxValue));
    }

    [Fact]
    public async Task AStreamWithoutEventTimeIsCountedAsAWholeToo()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<WindowResult<Unit, long>> results = await Enumerable.Range(1, 10).ToDataStream()
            .WindowAll(CountWindows.Tumbling(4, PartialWindows.Emit)).Sum(static n => (long)n)
            .ReadAllAsync(token).ToListAsync(token);

        Assert.Equal([10, 26, 19], results.Select(static w => w.Value));
        Assert.All(results, static w => Assert.Equal(Timestamp.MinValue, w.Window.StartTime));
    }

    [Fact]
    public async Task LanesCountTheirKeysForThemselves()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<WindowResult<int, long>> results = await Enumerable.Range(0, 5_000).ToDataStream()
            .KeyBy(static n => n % 50).Window(CountWindows.Sliding(size: 10, every: 5)).Count()
            .ReadAllAsync(new JobOptions { Parallelism = 3 }, token).ToListAsync(token);

        Assert.Equal(50 * 19, results.Count);
        Assert.All(results, static w => Assert.Equal(10, w.Value));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void SizesArePositive(int size, int every) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CountWindows.Sliding(size, every));

    private static StreamTest<string, WindowResult<string, string>> Counting(WindowAssigner windows) =>
        StreamTest.For(
            (DataStream<string> input) => input
                .WithEventTime(static _ => default, Watermarks.Monotonic())
                .KeyBy(static key => key).Window(windows).Aggregate(new Arrivals()),
            EngineRun.InTicks);
}
