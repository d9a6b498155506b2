using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>Asks the brokers which partitions there are, and which offsets they have.</summary>
internal sealed class PartitionFinder(
    IAdminClient admin,
    ConsumerSettings settings,
    Func<IReadOnlyList<TopicPartition>, TimeSpan, List<TopicPartitionOffset>> committed)
{
    // The first attempts are short, so that whoever waits for a broker that starts does not wait long.
    private static readonly TimeSpan FirstAttempt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(5);

    private Task _asking = Task.CompletedTask;

    /// <summary>
    /// Waits for a call into the client that nobody waits for any more; the client must not be disposed under it.
    /// </summary>
    public async Task EndAsync() => await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Asks again and again while the brokers do not answer.</summary>
    /// <param name="ask">Asks once, for so long at most.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="logger">Where it is told that nobody answers.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="KafkaStreamException">Nobody has answered in time, or the answer is no.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(
        Func<TimeSpan, Task<TAnswer>> ask, string source, ILogger logger, CancellationToken cancellationToken)
    {
        TimeSpan limit = settings.Options.OpenTimeout;
        TimeSpan attempt = FirstAttempt;
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = limit == Timeout.InfiniteTimeSpan ? attempt : limit - Stopwatch.GetElapsedTime(began);
            TimeSpan wait = left < attempt ? left : attempt;
            try
            {
                // The client's calls block, some of them without looking at a token.
                var asking = Task.Run(() => ask(wait), CancellationToken.None);
                _asking = asking;
                return await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (KafkaException exception)
            {
                string reason = settings.Connection.Redact(exception.Error.Reason);
                if (!IsWorthAnother(exception.Error.Code))
                {
                    throw new KafkaStreamException(
                        $"'{source}' cannot be opened: {settings.Connection} refused it ({exception.Error.Code}): "
                        + $"{reason}.");
                }

                if (limit != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(began) >= limit)
                {
                    throw new KafkaStreamException(
                        $"'{source}' cannot be opened: {settings.Connection} did not answer for {limit} ({reason}). "
                        + "See whether the address is right and the broker runs; KafkaSourceOptions.OpenTimeout is how "
                        + "long to wait for it.");
                }

                SourceLog.NoAnswer(logger, source, reason, limit);
            }

            attempt = attempt * 2 < LongestAttempt ? attempt * 2 : LongestAttempt;
        }
    }

    /// <summary>The partitions of the topics, in order.</summary>
    /// <exception cref="KafkaStreamException">A topic that was named does not exist.</exception>
    public Task<IReadOnlyList<TopicPartition>> FindAsync(TimeSpan wait)
    {
        IEnumerable<TopicMetadata> found = settings.Topics.Pattern is null
            ? settings.Topics.Names.Select(name => admin.GetMetadata(name, wait).Topics.Single())
            : admin.GetMetadata(wait).Topics.Where(topic => settings.Topics.Includes(topic.Topic));
        return Task.FromResult<IReadOnlyList<TopicPartition>>([.. found
            .OrderBy(static topic => topic.Topic, StringComparer.Ordinal)
            .SelectMany(PartitionsOf)]);
    }

    /// <summary>The offsets at which partitions begin to be read.</summary>
    public async Task<IReadOnlyList<long>> StartsAsync(
        IReadOnlyList<TopicPartition> partitions, KafkaStart start, TimeSpan wait)
    {
        if (start.Kind != KafkaStartKind.Committed)
        {
            return await OffsetsAsync(partitions, SpecOf(start), wait).ConfigureAwait(false);
        }

        List<TopicPartitionOffset> known = committed(partitions, wait);
        Dictionary<TopicPartition, long> byPartition = known
            .Where(static at => at.Offset.Value >= 0)
            .ToDictionary(static at => at.TopicPartition, static at => at.Offset.Value);
        TopicPartition[] unknown = [.. partitions.Where(partition => !byPartition.ContainsKey(partition))];
        IReadOnlyList<long> others =
            await StartsAsync(unknown, start.Otherwise ?? KafkaStart.Earliest, wait).ConfigureAwait(false);
        for (int i = 0; i < unknown.Length; i++)
        {
            byPartition.Add(unknown[i], others[i]);
        }

        return [.. partitions.Select(partition => byPartition[partition])];
    }

    /// <summary>The offsets behind the last messages that are there now.</summary>
    public Task<IReadOnlyList<long>> EndsAsync(IReadOnlyList<TopicPartition> partitions, TimeSpan wait) =>
        OffsetsAsync(partitions, OffsetSpec.Latest(), wait);

    private async Task<IReadOnlyList<long>> OffsetsAsync(
        IReadOnlyList<TopicPartition> partitions, OffsetSpec spec, TimeSpan wait)
    {
        if (partitions.Count == 0)
        {
            return [];
        }

        ListOffsetsResult answer;
        try
        {
            answer = await admin.ListOffsetsAsync(
                partitions.Select(
                    partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = spec }),
                new ListOffsetsOptions { RequestTimeout = wait, IsolationLevel = settings.Options.Isolation })
                .ConfigureAwait(false);
        }
        catch (ListOffsetsException exception)
        {
            // It says that something is wrong with one of them, and the answers say what.
            throw new KafkaException(exception.Result.ResultInfos
                .Select(static info => info.TopicPartitionOffsetError.Error)
                .FirstOrDefault(static error => error.IsError) ?? exception.Error);
        }

        Dictionary<TopicPartition, long> offsets = answer.ResultInfos.ToDictionary(
            static info => info.TopicPartitionOffsetError.TopicPartition,
            static info => info.TopicPartitionOffsetError.Offset.Value);

        // A timestamp behind the last message has no offset: the partition begins with what comes.
        TopicPartition[] none = [.. partitions.Where(partition => offsets[partition] < 0)];
        if (none.Length > 0 && spec is not OffsetSpec.LatestSpec)
        {
            IReadOnlyList<long> ends = await EndsAsync(none, wait).ConfigureAwait(false);
            for (int i = 0; i < none.Length; i++)
            {
                offsets[none[i]] = ends[i];
            }
        }

        return [.. partitions.Select(partition => offsets[partition])];
    }

    private static OffsetSpec SpecOf(KafkaStart start) => start.Kind switch
    {
        KafkaStartKind.Latest => OffsetSpec.Latest(),
        KafkaStartKind.Timestamp => OffsetSpec.ForTimestamp(start.Milliseconds),
        _ => OffsetSpec.Earliest(),
    };

    private static IEnumerable<TopicPartition> PartitionsOf(TopicMetadata topic) => topic.Error.Code switch
    {
        ErrorCode.NoError => topic.Partitions
            .OrderBy(static partition => partition.PartitionId)
            .Select(partition => new TopicPartition(topic.Topic, partition.PartitionId)),
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic => throw new KafkaStreamException(
            $"There is no topic '{topic.Topic}'. Make it before the job starts, or match it with KafkaTopics.Matching, "
            + "which waits for topics."),
        _ => throw new KafkaException(topic.Error),
    };

    private static bool IsWorthAnother(ErrorCode code) => code is ErrorCode.Local_Transport
        or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_TimedOut or ErrorCode.Local_TimedOutQueue
        or ErrorCode.Local_Resolve or ErrorCode.Local_WaitCoord or ErrorCode.Local_WaitCache
        or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition or ErrorCode.RequestTimedOut
        or ErrorCode.NetworkException or ErrorCode.GroupCoordinatorNotAvailable
        or ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress or ErrorCode.OffsetNotAvailable;
}
