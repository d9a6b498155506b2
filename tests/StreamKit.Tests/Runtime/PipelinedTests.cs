using StreamKit.Windowing;

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
    public async Task EachLaneGoesOnInAnotherSubtask(int lanes)
    {
        List<WindowResult<string, long>> results = [];
        StreamBuilder builder = StreamBuilder.Create("parted");
        builder.From(Enumerable.Range(0, Records).Select(static i => new At(i, $"{i % 10}")))
            .WithEventTime(At.TimeOf, Watermarks.Monotonic())
            .KeyBy(static at => at.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1))).Count()
            .Pipelined().Named("parted")
            .Select(static result => result).Named("behind")
            .ForEach(results.Add);
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = lanes });
        await job.Completion;

        Assert.Equal(Records, results.Sum(static result => result.Value));
        Assert.Equal(lanes, job.GetMetrics().Of("behind").Count());
    }

    [Fact]
    public void TheChartShowsTheHandOver()
    {
        StreamBuilder builder = StreamBuilder.Create("chart");
        builder.From([1], "numbers").Pipelined().ForEach(static _ => { });

        Assert.Contains("==>", builder.Build().ToMermaid(), StringComparison.Ordinal);
    }
}
