using StreamKit.Kafka;
using StreamKit.Time;

namespace StreamKit.KafkaBench;

/// <summary>The same through StreamKit: source, window, sink.</summary>
internal static class PipelineRun
{
    /// <returns>When the first click was read.</returns>
    public static async Task<long> RunAsync(ClickTopic clicks, string results, KafkaReadPath path)
    {
        KafkaConnection connection = clicks.Cluster.Connection;
        var options = new KafkaSourceOptions { StopAtEnd = true, Path = path };
        var click = new ClickFormat();
        StreamBuilder builder = StreamBuilder.Create("clicks");
        builder
            .From(KafkaSource.Values(connection, ClickTopic.Name, click, options), "clicks")
            .WithEventTime(
                value => Timestamp.FromUnixTimeMilliseconds(value.Time),
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(1)))
            .KeyBy(value => value.Page)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMilliseconds(ClickTopic.WindowMilliseconds)))
            .Count()
            .Select(result => new PageCount
            {
                Page = result.Key,
                Start = result.Window.Start.ToUnixTimeMilliseconds(),
                Clicks = result.Value,
            })
            .To(KafkaSink.To(connection, results, KafkaFormat.Json(BenchContext.Default.PageCount)), "results");
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 1 });
        await job.Completion.ConfigureAwait(false);
        return click.First;
    }
}
