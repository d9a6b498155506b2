using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>Aggregation before the exchange, in whole jobs.</summary>
public class PreAggregationTests
{
    private static readonly long s_second = TimeSpan.TicksPerSecond;

    [Fact]
    public async Task AKeyWithMostRecordsSendsOnePartForEachWindow()
    {
        var results = new List<WindowResult<string, long>>();
        StreamBuilder builder = StreamBuilder.Create("skewed");
        builder.From(Enumerable.Range(0, 40_000).Select(i => (At: i * s_second / 4000, Key: i % 100 == 0 ? "b" : "a")))
            .WithEventTime(r => new Timestamp(r.At), Watermarks.Monotonic())
            .KeyBy(r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .PreAggregate()
            .Count()
            .Named("counts")
            .ForEach(results.Add);
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 2 });
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(20, results.Count);
        Assert.All(results, w => Assert.Equal(w.Key == "a" ? 3960 : 40, w.Value));

        // A part for each key and window, and for what stood between two drained inputs; far from one for each record.
        Assert.InRange(job.GetMetrics().Of("counts").Sum(o => o.RecordsIn), 20, 400);
    }

    [Fact]
    public async Task LateRecordsAreCountedOneByOne()
    {
        StreamBuilder builder = StreamBuilder.Create("late");
        long[] times = [0, 5 * s_second, .. Enumerable.Repeat(s_second / 2, 7), 6 * s_second];
        builder.From(times)
            .WithEventTime(t => new Timestamp(t), Watermarks.Monotonic())
            .KeyBy(_ => "all")
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .PreAggregate()
            .Count()
            .ForEach(_ => { });
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 1 });
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, job.GetMetrics().LateRecords);
    }

    [Fact]
    public void SessionsCannotBeAggregatedBefore()
    {
        StreamBuilder builder = StreamBuilder.Create("sessions");
        builder.From([1L])
            .WithEventTime(t => new Timestamp(t), Watermarks.Monotonic())
            .KeyBy(t => t)
            .Window(TimeWindows.Session(TimeSpan.FromSeconds(1)))
            .PreAggregate()
            .Count()
            .ForEach(_ => { });

        PipelineException error = Assert.Throws<PipelineException>(builder.Build);

        Assert.Contains("windows whose bounds do not depend on the records, in event time", error.Message);
    }

    [Fact]
    public void RecordsThatAreSummedCannotGoToALateStream()
    {
        WindowedStream<long, long> windows = StreamBuilder.Create("late").From([1L])
            .WithEventTime(t => new Timestamp(t), Watermarks.Monotonic())
            .KeyBy(t => t)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .PreAggregate()
            .SideOutputLate(out _);

        Assert.Throws<InvalidOperationException>(() => windows.Count());
    }
}
