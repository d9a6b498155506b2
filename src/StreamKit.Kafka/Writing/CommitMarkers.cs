using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using StreamKit.Connectors;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Writing;

/// <summary>The numbers of epochs that were committed, each written in the transaction of its epoch.</summary>
/// <remarks>
/// All lie in partition 0 of one compacted topic: the key is the transactional id, the value the number in decimal. Not
/// the offsets of a group, which would do the same: brokers forget those after a week in which nobody joins it.
/// </remarks>
internal sealed class CommitMarkers(
    KafkaConnection connection, string topic, string transactionalId, TimeSpan within, SinkContext context)
{
    // The last marker is mostly among the last of the topic; where it is not, four times as many are read.
    private const long FirstLook = 1000;
    private const int Growth = 4;

    private static readonly TimeSpan OnePoll = TimeSpan.FromMilliseconds(250);

    private readonly TopicPartition _at = new(topic, new Partition(0));
    private readonly byte[] _key = Encoding.UTF8.GetBytes(transactionalId);

    /// <summary>The message that says that an epoch is committed.</summary>
    public (TopicPartition To, Message<byte[]?, byte[]?> Message) Of(long epoch) => (_at, new()
    {
        Key = _key,
        Value = Encoding.UTF8.GetBytes(epoch.ToString(CultureInfo.InvariantCulture)),
    });

    /// <summary>The number of the last epoch that is committed; 0 where none is.</summary>
    /// <exception cref="KafkaStreamException">The topic cannot be read, or not to its end.</exception>
    public async Task<long> FindLastAsync(CancellationToken cancellationToken)
    {
        var events = new ClientEvents(connection, context.Logger);
        ConsumerConfig config = connection.Configure(new ConsumerConfig
        {
            GroupId = transactionalId, // Asked for by the client; nothing is joined or stored.
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            AllowAutoCreateTopics = false,
            FetchWaitMaxMs = 50,
            IsolationLevel = IsolationLevel.ReadCommitted,
        });
        using IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetLogHandler((_, message) => events.OnLog(message))
            .SetErrorHandler((_, error) => events.OnError(error))
            .Build();
        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            await CreateTopicAsync(admin).ConfigureAwait(false);
            long first = await OffsetAsync(admin, OffsetSpec.Earliest()).ConfigureAwait(false);
            long end = await OffsetAsync(admin, OffsetSpec.Latest()).ConfigureAwait(false);
            return await Task.Run(() => Search(consumer, first, end, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is KafkaException or ListOffsetsException or CreateTopicsException)
        {
            throw new KafkaStreamException(connection.Redact(
                $"The last marker of '{transactionalId}' could not be read from the topic '{topic}': "
                + $"{exception.Message.TrimEnd('.')}. Allow the user to create, describe and read it, or make it: one "
                + "partition, cleanup.policy=compact."));
        }
    }

    private async Task CreateTopicAsync(IAdminClient admin)
    {
        Metadata metadata = await Task.Run(() => admin.GetMetadata(topic, within)).ConfigureAwait(false);
        if (metadata.Topics.Single().Error.Code is not (ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic))
        {
            return;
        }

        try
        {
            var made = new TopicSpecification
            {
                Name = topic,
                NumPartitions = 1,
                Configs = new Dictionary<string, string>(StringComparer.Ordinal) { ["cleanup.policy"] = "compact" },
            };
            await admin.CreateTopicsAsync([made], new CreateTopicsOptions { RequestTimeout = within })
                .ConfigureAwait(false);
            context.Logger.MadeMarkerTopic(context.Name, topic);
        }
        catch (CreateTopicsException exception) when (
            exception.Results.All(result => result.Error.Code is ErrorCode.TopicAlreadyExists or ErrorCode.NoError))
        {
            // Another sink was faster.
        }
    }

    // Uncommitted ones count: the end is behind everything that may have been committed before this call.
    private async Task<long> OffsetAsync(IAdminClient admin, OffsetSpec which)
    {
        ListOffsetsResult result = await admin.ListOffsetsAsync(
            [new TopicPartitionOffsetSpec { TopicPartition = _at, OffsetSpec = which }],
            new ListOffsetsOptions { IsolationLevel = IsolationLevel.ReadUncommitted, RequestTimeout = within })
            .ConfigureAwait(false);
        return result.ResultInfos[0].TopicPartitionOffsetError.Offset.Value;
    }

    private long Search(IConsumer<byte[]?, byte[]?> consumer, long first, long end, CancellationToken cancellationToken)
    {
        long start = context.Clock.GetTimestamp();
        long to = end;
        for (long look = FirstLook; to > first; look *= Growth)
        {
            long from = Math.Max(first, to - look);
            if (Read(consumer, from, to, start, cancellationToken) is { } found)
            {
                return found;
            }

            to = from;
        }

        return 0;
    }

    /// <summary>The last marker of ours in a stretch; null where there is none.</summary>
    private long? Read(
        IConsumer<byte[]?, byte[]?> consumer, long from, long to, long start, CancellationToken cancellationToken)
    {
        long? found = null;
        consumer.Assign(new TopicPartitionOffset(_at, from));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ConsumeResult<byte[]?, byte[]?>? result = consumer.Consume(OnePoll);

            // Whoever has a transaction open there holds back all that was committed behind its beginning: what cannot
            // be seen yet may be ours, so the end is waited for.
            if (result?.Offset.Value >= to)
            {
                return found;
            }

            if (result?.IsPartitionEOF == false && result.Message.Key.AsSpan().SequenceEqual(_key))
            {
                found = EpochOf(result);
            }
            else if (context.Clock.GetElapsedTime(start) >= within)
            {
                throw new KafkaStreamException(
                    $"The topic '{topic}' could not be read to its end within {within}. A transaction of another sink "
                    + "may be open there: see that it goes on, wait until brokers take it back, or give this sink a "
                    + "MarkerTopic of its own.");
            }
        }
    }

    private long EpochOf(ConsumeResult<byte[]?, byte[]?> marker) =>
        long.TryParse(marker.Message.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            ? epoch
            : throw new KafkaStreamException(
                $"In '{topic}', at offset {marker.Offset}, is no marker of this library: give the sink a MarkerTopic "
                + "that nothing else writes to.");
}
