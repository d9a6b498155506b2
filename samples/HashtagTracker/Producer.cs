using HashtagTracker.Sources;
using StreamKit;
using StreamKit.Kafka;

namespace HashtagTracker;

/// <summary>Fills a topic of Kafka, so that there is something to count.</summary>
internal static class Producer
{
    /// <summary>Writes tweets until there are enough, or until it is told to stop.</summary>
    public static async Task RunAsync(ProduceOptions options)
    {
        StreamBuilder builder = StreamBuilder.Create("produce");
        var simulator = new TrackerOptions { Tweets = options.Tweets, Seed = options.Seed, Speed = options.Speed };
        SimulatorPosts.From(builder, simulator)
            .Named("posts")
            .To(KafkaSink.To(
                new KafkaConnection(options.Kafka), options.Topic, KafkaFormat.Json(PostJson.Default.TaggedPost)));
        await using StreamJob job = builder.Build().Start();
        Console.WriteLine($"Writing tweets to the topic {options.Topic} of {options.Kafka} (Ctrl+C ends)");
        await StopSignal.OrEndAsync(job);
        await job.StopAsync();
        Console.WriteLine($"{job.GetMetrics().Of("posts").Sum(o => o.RecordsOut)} tweets written");
    }
}
