using System.Text;
using Confluent.Kafka;

namespace StreamKit.Kafka.Mock;

/// <summary>Reads and fills topics without the library under test.</summary>
public static class Topics
{
    /// <summary>Everything that is in a topic now, partition by partition in the order of offsets.</summary>
    public static IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> ReadAll(
        KafkaConnection connection, string topic, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        using IConsumer<byte[]?, byte[]?> consumer =
            new ConsumerBuilder<byte[]?, byte[]?>(connection.Configure(new ConsumerConfig
            {
                GroupId = "reads-all",
                EnableAutoCommit = false,
                EnablePartitionEof = true,
                FetchWaitMaxMs = 10,
                IsolationLevel = isolation,
            }))
            .SetLogHandler(static (_, _) => { })
            .Build();
        int partitions = PartitionsOf(consumer, topic);
        consumer.Assign(Enumerable.Range(0, partitions)
            .Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var read = new List<ConsumeResult<byte[]?, byte[]?>>();
        for (int open = partitions; open > 0;)
        {
            ConsumeResult<byte[]?, byte[]?>? result = consumer.Consume(TimeSpan.FromSeconds(30))
                ?? throw new TimeoutException($"'{topic}' does not end.");
            if (result.IsPartitionEOF)
            {
                open--;
            }
            else
            {
                read.Add(result);
            }
        }

        return [.. read.OrderBy(result => result.Partition.Value).ThenBy(result => result.Offset.Value)];
    }

    /// <summary>The values of everything that is in a topic now, as text.</summary>
    public static IReadOnlyList<string> ReadText(
        KafkaConnection connection, string topic, IsolationLevel isolation = IsolationLevel.ReadCommitted) =>
        [.. ReadAll(connection, topic, isolation).Select(read => Encoding.UTF8.GetString(read.Message.Value ?? []))];

    /// <summary>Writes messages, and returns when they are all there.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="lingerMs">How long a batch waits for more: the longer, the larger it is.</param>
    /// <param name="compression">How batches are compressed.</param>
    public static void Write(
        KafkaConnection connection,
        IEnumerable<(TopicPartition To, Message<byte[]?, byte[]?> Message)> messages,
        int lingerMs = 1,
        CompressionType compression = CompressionType.None)
    {
        using IProducer<byte[]?, byte[]?> producer =
            new ProducerBuilder<byte[]?, byte[]?>(connection.Configure(new ProducerConfig
            {
                LingerMs = lingerMs,
                CompressionType = compression,
            }))
            .SetLogHandler(static (_, _) => { })
            .Build();
        Error? failure = null;
        foreach ((TopicPartition to, Message<byte[]?, byte[]?> message) in messages)
        {
            while (true)
            {
                try
                {
                    producer.Produce(to, message, report => failure ??= report.Error.IsError ? report.Error : null);
                    break;
                }
                catch (ProduceException<byte[]?, byte[]?> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
                {
                    producer.Flush(TimeSpan.FromMilliseconds(10));
                }
            }
        }

        producer.Flush(CancellationToken.None);
        if (failure is not null)
        {
            throw new KafkaException(failure);
        }
    }

    private static int PartitionsOf(IConsumer<byte[]?, byte[]?> consumer, string topic)
    {
        using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return admin.GetMetadata(topic, TimeSpan.FromSeconds(30)).Topics.Single().Partitions.Count;
    }
}
