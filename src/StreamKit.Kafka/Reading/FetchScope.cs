using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>What a fetcher works with, and what it does about errors.</summary>
internal sealed class FetchScope<TKey, TValue, T>
{
    public required ConsumerSettings Settings { get; init; }

    public required RecordFormat<TKey, TValue, T> Format { get; init; }

    public required FeedTable<T> Feeds { get; init; }

    public required ClientEvents Events { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The source's name in the pipeline.</summary>
    public required string Source { get; init; }

    /// <summary>Who shares out the partitions; null where nobody does.</summary>
    public IGroupEvents? Group { get; init; }

    /// <summary>Judges an error that came in the place of a message: it is logged, or ends the source.</summary>
    /// <param name="error">The error.</param>
    /// <param name="at">Where it came; null where it belongs to no partition.</param>
    /// <param name="fetcher">Whose error it is.</param>
    /// <exception cref="KafkaStreamException">No further attempt would help.</exception>
    public void OnError(Error error, TopicPartitionOffset? at, IKafkaFetcher fetcher)
    {
        string reason = Settings.Connection.Redact(error.Reason);
        if (error.IsFatal)
        {
            throw SourceFailures.Fatal(error, Settings.Connection, Source);
        }

        switch (error.Code)
        {
            case ErrorCode.Local_AutoOffsetReset when at is not null && Settings.Options.WhenGone == KafkaGap.GoOn:
                long first = fetcher.FirstOffset(at.TopicPartition);
                SourceLog.Gone(
                    Logger, Source, SplitName.Of(at.Topic, at.Partition.Value), at.Offset.Value, first);
                fetcher.GoOnAt(new TopicPartitionOffset(at.TopicPartition, first));
                break;
            case ErrorCode.Local_AutoOffsetReset when at is not null:
                throw new KafkaStreamException(
                    $"'{Source}': {at.Topic}/{at.Partition.Value} has no message at offset {at.Offset.Value} any more: "
                    + "it was removed by the topic's retention, or the topic was made anew. Go on from another "
                    + "checkpoint, keep messages longer, or let KafkaSourceOptions.WhenGone go on with what is there. "
                    + $"The client said: {reason}.");
            case ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_TimedOut
                or ErrorCode.Local_Resolve or ErrorCode.Local_MaxPollExceeded or ErrorCode.Local_TimedOutQueue
                or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition or ErrorCode.RequestTimedOut
                or ErrorCode.ReplicaNotAvailable or ErrorCode.NetworkException or ErrorCode.KafkaStorageError
                or ErrorCode.OffsetNotAvailable or ErrorCode.FencedLeaderEpoch or ErrorCode.UnknownLeaderEpoch
                or ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.NotCoordinatorForGroup
                or ErrorCode.GroupLoadInProgress or ErrorCode.RebalanceInProgress
                or ErrorCode.UnknownMemberId or ErrorCode.IllegalGeneration:
                SourceLog.WillRetry(Logger, Source, error.Code, reason);
                break;
            default:
                throw new KafkaStreamException(
                    $"'{Source}' cannot read "
                    + $"{(at is null ? "from Kafka" : SplitName.Of(at.Topic, at.Partition.Value))} ({error.Code}): "
                    + $"{reason}.");
        }
    }
}
