using System.Runtime.InteropServices;
using System.Text.Json;
using Confluent.Kafka;

namespace StreamKit.KafkaBench;

/// <summary>
/// What a program without a library for streams would do: consume, parse, count in a dictionary, and produce what is
/// complete. It knows nothing of order, restarts or late events.
/// </summary>
internal static class BareLoop
{
    /// <summary>Reads, counts and writes.</summary>
    /// <param name="clicks">What to read.</param>
    /// <param name="results">Where to write.</param>
    /// <param name="tuned">Whether the client leaves out what the loop does not look at.</param>
    /// <returns>When the first click was read.</returns>
    public static Task<long> RunAsync(ClickTopic clicks, string results, bool tuned) => Task.Run(() =>
    {
        // Made first, for it needs half a second until brokers have numbered it.
        using IProducer<Null, byte[]> producer = new ProducerBuilder<Null, byte[]>(ProducerSettings(clicks)).Build();
        var click = new ClickFormat();
        using IConsumer<Ignore, Click> consumer = new ConsumerBuilder<Ignore, Click>(Settings(clicks, tuned))
            .SetValueDeserializer(new ClickDeserializer(click))
            .Build();
        consumer.Assign(Enumerable.Range(0, clicks.Partitions)
            .Select(partition => new TopicPartitionOffset(ClickTopic.Name, partition, Offset.Beginning)));
        var counts = new Dictionary<(long Start, int Page), long>();
        for (int open = clicks.Partitions; open > 0;)
        {
            ConsumeResult<Ignore, Click> result = consumer.Consume();
            if (result.IsPartitionEOF)
            {
                open--;
                continue;
            }

            Click value = result.Message.Value;
            (long, int) key = (value.Time - (value.Time % ClickTopic.WindowMilliseconds), value.Page);
            CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
        }

        Produce(producer, results, counts);
        return click.First;
    });

    private static ConsumerConfig Settings(ClickTopic clicks, bool tuned)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = clicks.Cluster.BootstrapServers,
            GroupId = "bare",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            QueuedMinMessages = 1_000_000,
            QueuedMaxMessagesKbytes = 64 << 10,
            MaxPartitionFetchBytes = 8 << 20,
            FetchWaitMaxMs = 50,
            FetchQueueBackoffMs = 5,
        };
        if (tuned)
        {
            config.ConsumeResultFields = "none";
        }

        return config;
    }

    private static ProducerConfig ProducerSettings(ClickTopic clicks) => new()
    {
        BootstrapServers = clicks.Cluster.BootstrapServers,
        EnableIdempotence = true,
        LingerMs = 5,
    };

    private static void Produce(
        IProducer<Null, byte[]> producer, string results, Dictionary<(long Start, int Page), long> counts)
    {
        foreach (((long start, int page), long clicked) in counts)
        {
            var count = new PageCount { Page = page, Start = start, Clicks = clicked };
            producer.Produce(results, new Message<Null, byte[]>
            {
                Value = JsonSerializer.SerializeToUtf8Bytes(count, BenchContext.Default.PageCount),
            });
        }

        producer.Flush(CancellationToken.None);
    }

    private sealed class ClickDeserializer(ClickFormat click) : IDeserializer<Click>
    {
        public Click Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
            click.Deserialize(data);
    }
}
