using System.Globalization;
using System.Text;
using Confluent.Kafka;
using StreamKit.Kafka.Mock;

namespace StreamKit.KafkaBench;

/// <summary>A topic full of clicks, a millisecond apart, dealt out over its partitions in turn.</summary>
/// <remarks>The mock cluster keeps 5 MB of a partition, so many partitions hold what one could not.</remarks>
internal sealed class ClickTopic : IDisposable
{
    public const string Name = "clicks";
    public const int EventBytes = 200;
    public const int Pages = 100;
    public const long FirstTime = 1_700_000_000_000;
    public const long WindowMilliseconds = 10_000;

    public ClickTopic(int partitions, int eventsEach)
    {
        (Partitions, Events) = (partitions, partitions * eventsEach);
        Cluster.CreateTopic(Name, partitions);

        // A partition after the other, and slowly, so that batches are as large as a busy producer's: the mock cluster
        // answers with one batch at a time.
        IEnumerable<int> order =
            from partition in Enumerable.Range(0, partitions)
            from round in Enumerable.Range(0, eventsEach)
            select (round * partitions) + partition;
        Topics.Write(Cluster.Connection, order.Select(Make), lingerMs: 50);
    }

    public MockCluster Cluster { get; } = new();

    public int Partitions { get; }

    public int Events { get; }

    public void Dispose() => Cluster.Dispose();

    private (TopicPartition To, Message<byte[]?, byte[]?> Message) Make(int index)
    {
        // Pages come in an order that no cache can learn by heart, and the same in every run.
        int page = (int)((uint)index * 2654435761u >> 16) % Pages;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"Page\":{page},\"Time\":{FirstTime + index},"
            + $"\"Referrer\":\"https://example.org/{index % 977}\",\"Agent\":\"");
        string padded = text.PadRight(EventBytes - 2, 'x') + "\"}";
        return (
            new TopicPartition(Name, index % Partitions),
            new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(padded) });
    }
}
