using System.Text.Json;
using HashtagTracker.EndToEnd.Tests.Stores;
using HashtagTracker.Tests.Contract;
using StreamKit.Kafka.Mock;

namespace HashtagTracker.EndToEnd.Tests;

/// <summary>A topic can be filled for trying, and what is in it is counted.</summary>
[Collection(SharedWorld.Name)]
public class ProduceTests(World world)
{
    [Fact]
    public async Task WhatIsProducedIsWhatIsCounted()
    {
        string topic = world.NewTopic();
        world.Kafka.CreateTopic(topic, 2);
        string[] place = ["--kafka", world.Kafka.BootstrapServers, "--topic", topic];
        TrackerRun run = await TrackerRun.OfAsync(["produce", .. place, "--tweets", "2000", "--speed", "max"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));

        WrittenPost[] posts =
        [
            .. Topics.ReadAll(world.Kafka.Connection, topic).Select(message =>
            {
                using JsonDocument post = JsonDocument.Parse(message.Message.Value);
                return new WrittenPost(
                    post.RootElement.GetProperty("createdAt").GetDateTimeOffset(),
                    [.. post.RootElement.GetProperty("hashtags").EnumerateArray().Select(tag => tag.GetString()!)]);
            }),
        ];
        Assert.InRange(posts.Length, 2001, 2100);   // Some are delivered twice.
        Assert.EndsWith($"{posts.Length} tweets written\n", run.Output, StringComparison.Ordinal);

        await using var store = new FileStore();
        await using ShownTracker tracker = await ShownTracker.StartAsync(
            0, [.. place, .. store.Options, .. WrittenPost.Windows, "--out-of-orderness", "3m"]);
        await tracker.UntilAsync(said => said.Tweets == posts.Length);
        await tracker.EndAsync();
        Assert.Equal(Recount.Csv(posts), NaiveRecount.Csv(await store.ReadAsync()));
    }
}
