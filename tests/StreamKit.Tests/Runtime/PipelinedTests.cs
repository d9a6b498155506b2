namespace StreamKit.Tests.Runtime;

/// <summary>Parts of a pipeline that work beside each other change nothing but who does the work.</summary>
public class PipelinedTests
{
    private const int Records = 5_000;

    [Fact]
    public async Task RecordsComeInTheirOrderHoweverOftenTheWorkIsParted()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<int> seen = await Enumerable.Range(0, Records).ToDataStream()
            .Pipelined()
            .Select(static x => x * 2)
            .Pipelined()
            .Where(static x => x % 4 == 0)
            .Pipelined()
            .ReadAllAsync(new JobOptions { BatchSize = 7, ChannelCapacity = 1 }, token).ToListAsync(token);

        Assert.Equal(Enumerable.Range(0, Records).Select(static x => x * 2).Where(static x => x % 4 == 0), seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task WhatComesBeforeGoesOnWhileWhatFollowsIsAtWork(int lanes)
    {
        using var gate = new ManualResetEventSlim();
        int before = 0, results = 0;
        StreamBuilder builder = StreamBuilder.Create("parted");
        builder.From(Enumerable.Range(0, Records).Select(static i => new At(i % 10, $"{i % 100}")))
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static at => at.Key).Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1))).Count()
            .Select(result => (Result: result, Number: Interlocked.Increment(ref before)))
            .Pipelined()
            .Select(numbered =>
            {
                gate.Wait(TestContext.Current.CancellationToken);
                return numbered.Result;
            }).Named("behind")
            .ForEach(_ => results++);
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = lanes, BatchSize = 1 });

        // In one subtask, no lane would come further than to the first that waits.
        try
        {
            await Eventually.TrueAsync(() => Volatile.Read(ref before) > lanes, "there are more than those that wait");
        }
        finally
        {
            gate.Set();
        }

        await job.Completion;

        Assert.Equal(100, results);
        Assert.Equal(lanes, job.GetMetrics().Of("behind").Count());
    }

    [Fact]
    public void TheChartShowsTheHandOver()
    {
        StreamBuilder builder = StreamBuilder.Create("chart");
        builder.From([1], "numbers").Pipelined().ForEach(static _ => { });

        string chart = builder.Build().ToMermaid();
        Assert.Contains("n2[\"pipelined-2\"]", chart, StringComparison.Ordinal);
        Assert.Contains("n1 ==> n2", chart, StringComparison.Ordinal);
    }
}
