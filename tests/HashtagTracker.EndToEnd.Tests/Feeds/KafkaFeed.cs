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

        // A live stream goes on behind what is no post.
        Send(
            "oops"u8.ToArray(),
            """{"hashtags":["a"]}"""u8.ToArray(),
            """{"createdAt":"2026-01-01T00:00:00Z"}"""u8.ToArray());
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

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Send(IEnumerable<WrittenPost> posts)
    {
        byte[][] messages =
        [
            .. posts.Select(post => JsonSerializer.SerializeToUtf8Bytes(
                new { createdAt = post.At, hashtags = post.Tags })),
        ];
        Send(messages);
        _sent += messages.Length;
    }

    private void Send(params byte[][] messages) => Topics.Write(_cluster.Connection, messages.Select((message, i) => (
        new TopicPartition(_topic, (_sent + i) % Partitions), new Message<byte[]?, byte[]?> { Value = message })));
}
