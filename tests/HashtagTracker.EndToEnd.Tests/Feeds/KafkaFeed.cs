using System.Text.Json;
using Confluent.Kafka;
using StreamKit.Kafka.Mock;

namespace HashtagTracker.EndToEnd.Tests.Feeds;

/// <summary>Posts in a topic of three partitions, as JSON.</summary>
internal sealed class KafkaFeed : Feed
{
    private const int Partitions = 3;

    private readonly MockCluster _cluster;
    private readonly string _topic;
    private int _sent;

    public KafkaFeed(World world)
    {
        (_cluster, _topic) = (world.Kafka, world.NewTopic());
        _cluster.CreateTopic(_topic, Partitions);
    }

    public override IReadOnlyList<string> Options =>
    [
        "--source", "kafka", "--kafka", _cluster.BootstrapServers, "--topic", _topic, "--out-of-orderness",
        $"{WrittenPost.Disorder}s",
    ];

    public override int Records => Posts.Count + Partitions;

    public override Task SendAsync()
    {
        Send(Posts.Skip(_sent));
        Send(Enumerable.Repeat(WrittenPost.Closing, Partitions));
        return Task.CompletedTask;
    }

    /// <summary>Sends the first posts only.</summary>
    public void SendFirst(int count) => Send(Posts.Take(count));

    private void Send(IEnumerable<WrittenPost> posts) =>
        Topics.Write(_cluster.Connection, posts.Select(post => (
            new TopicPartition(_topic, _sent++ % Partitions),
            new Message<byte[]?, byte[]?>
            {
                Value = JsonSerializer.SerializeToUtf8Bytes(new { createdAt = post.At, hashtags = post.Tags }),
            })));
}
