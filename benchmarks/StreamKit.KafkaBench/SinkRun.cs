using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Connectors;
using StreamKit.Kafka;
using StreamKit.Kafka.Mock;

namespace StreamKit.KafkaBench;

/// <summary>Writing alone: the sink beside a bare producer whose deliveries are awaited too.</summary>
internal static class SinkRun
{
    private const int Batch = 1024;

    /// <returns>When the first record was written.</returns>
    public static async Task<long> WriteAsync(MockCluster cluster, string topic, byte[][] values, int records)
    {
        ISink<byte[]> sink = KafkaSink.To(cluster.Connection, topic, KafkaFormat.Bytes);
        var context = new SinkContext("sink", TimeProvider.System, NullLogger.Instance);
        await using ISinkWriter<byte[]> writer = await sink.OpenAsync(context, CancellationToken.None)
            .ConfigureAwait(false);
        long[] times = new long[Batch];
        Array.Fill(times, Time.Timestamp.MinValue.Ticks);
        var batch = new SinkBatch<byte[]>(values.AsMemory(0, Batch), times);
        long first = Stopwatch.GetTimestamp();
        for (int written = 0; written < records; written += Batch)
        {
            await writer.WriteAsync(batch, CancellationToken.None).ConfigureAwait(false);
        }

        await writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return first;
    }

    /// <returns>When the first record was written.</returns>
    public static Task<long> ProduceAsync(
        MockCluster cluster, string topic, byte[][] values, int records) => Task.Run(() =>
    {
        var settings = new ProducerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            EnableIdempotence = true,
            LingerMs = 5,
            Partitioner = Partitioner.Murmur2Random,
            QueueBufferingMaxMessages = 100_000,
            QueueBufferingMaxKbytes = 64 << 10,
        };
        using IProducer<Null, byte[]> producer = new ProducerBuilder<Null, byte[]>(settings).Build();
        using IAdminClient admin = new DependentAdminClientBuilder(producer.Handle).Build();
        admin.GetMetadata(topic, TimeSpan.FromSeconds(10));
        int arrived = 0;
        // Both the client's thread and a flush deliver reports.
        void OnReport(DeliveryReport<Null, byte[]> report) =>
            Interlocked.Add(ref arrived, report.Error.IsError ? 0 : 1);

        long first = Stopwatch.GetTimestamp();
        for (int i = 0; i < records; i++)
        {
            // What the sink is given it must encode; here the bytes are copied once too.
            byte[] value = values[i % Batch].AsSpan().ToArray();
            while (true)
            {
                try
                {
                    producer.Produce(topic, new Message<Null, byte[]> { Value = value }, OnReport);
                    break;
                }
                catch (ProduceException<Null, byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
                {
                    producer.Flush(TimeSpan.FromMilliseconds(10));
                }
            }
        }

        producer.Flush(CancellationToken.None);
        if (arrived != records)
        {
            throw new InvalidOperationException($"{arrived} of {records} arrived.");
        }

        return first;
    });
}
