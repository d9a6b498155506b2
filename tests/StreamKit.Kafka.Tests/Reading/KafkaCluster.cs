using System.Globalization;
using System.Text;
using Confluent.Kafka;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Brokers that the tests of a class share; each test has topics of its own.</summary>
public sealed class KafkaCluster : IDisposable
{
    private int _topics;

    public MockCluster Mock { get; } = new();

    public KafkaConnection Connection => Mock.Connection;

    /// <summary>Makes a topic that no other test has.</summary>
    public string NewTopic(int partitions = 1)
    {
        string topic = string.Create(CultureInfo.InvariantCulture, $"topic-{Interlocked.Increment(ref _topics)}");
        Mock.CreateTopic(topic, partitions);
        return topic;
    }

    /// <summary>Writes numbers as text, from an offset of the partition's own on.</summary>
    public void WriteNumbers(string topic, int partition, int from, int count) => Write(
        topic,
        partition,
        Enumerable.Range(from, count).Select(static number => (byte[]?)Encoding.UTF8.GetBytes(TextOf(number))));

    public void Write(string topic, int partition, IEnumerable<byte[]?> values) => Topics.Write(
        Connection,
        values.Select(value => (
            new TopicPartition(topic, partition), new Message<byte[]?, byte[]?> { Value = value })));

    public static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Mock.Dispose();
}
