using Confluent.Kafka;

namespace StreamKit.Kafka.Writing;

/// <summary>What a sink's options say to librdkafka.</summary>
internal static class ProducerSettings
{
    public static ProducerConfig Of<T>(KafkaConnection connection, KafkaSinkOptions<T> options, string? transactionalId)
    {
        ProducerConfig config = connection.Configure(new ProducerConfig());
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.Partitioner = options.Partitioner;
        config.LingerMs = options.Linger.TotalMilliseconds;
        config.BatchSize = options.BatchBytes;
        config.BatchNumMessages = options.MaxInFlight < 1_000_000 ? options.MaxInFlight : 1_000_000;
        config.CompressionType = options.Compression;
        config.MessageMaxBytes = options.MaxMessageBytes;
        config.MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds;

        // The window of the sink is what holds back. A message leaves it a moment before librdkafka has forgotten it.
        config.QueueBufferingMaxMessages = Math.Min(options.MaxInFlight + 1000, 10_000_000);
        config.QueueBufferingMaxKbytes = (int)(options.MaxInFlightBytes >> 10);

        // Enough to name a message that did not arrive.
        config.DeliveryReportFields = "key,value";
        if (transactionalId is not null)
        {
            config.TransactionalId = transactionalId;
            config.TransactionTimeoutMs = (int)options.TransactionTimeout.TotalMilliseconds;

            // No message outlives its transaction.
            config.MessageTimeoutMs = Math.Min(config.MessageTimeoutMs.Value, config.TransactionTimeoutMs.Value);
        }

        foreach ((string name, string value) in connection.Settings.Concat(options.Settings))
        {
            config.Set(name, value);
        }

        return config;
    }
}
