using StackExchange.Redis;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Reading;

/// <summary>What a consumer of a group says to the server about one stream.</summary>
/// <param name="stream">The stream.</param>
/// <param name="consumer">The consumer.</param>
/// <param name="reading">A part in the connection, for whoever reads.</param>
/// <param name="telling">Another one, for whoever acknowledges at the same time.</param>
internal sealed class GroupMember(string stream, ConsumerName consumer, RedisLease reading, RedisLease telling)
{
    private const int MostAtOnce = 1000;

    public string Stream => stream;

    public ConsumerName Consumer => consumer;

    public Patience Patience => reading.Patience;

    /// <summary>Makes the group where there is none.</summary>
    public async Task JoinAsync(string startAfter, CancellationToken cancellationToken)
    {
        await reading.CallAsync(CreateAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> CreateAsync(IDatabase database)
        {
            try
            {
                return await database
                    .StreamCreateConsumerGroupAsync(stream, consumer.Group, startAfter, createStream: true)
                    .ConfigureAwait(false);
            }
            catch (RedisServerException present)
                when (present.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
            {
                return true;
            }
        }
    }

    /// <summary>
    /// Asks for entries that no consumer was given; they are given to this one also if the answer is lost.
    /// </summary>
    public Task<StreamEntry[]> ReadNewAsync(int count) =>
        reading.Database.StreamReadGroupAsync(stream, consumer.Group, consumer.Name, StreamPosition.NewMessages, count);

    /// <summary>Reads again what was given, behind an ID, and is not acknowledged.</summary>
    public Task<StreamEntry[]> ReadGivenAsync(StreamId after, int count, CancellationToken cancellationToken) =>
        ReadAgainAsync(consumer.Name, after, count, cancellationToken);

    /// <summary>Reads again what was taken over, behind an ID, and is not acknowledged.</summary>
    public Task<StreamEntry[]> ReadClaimedAsync(StreamId after, int count, CancellationToken cancellationToken) =>
        ReadAgainAsync(consumer.Claimer, after, count, cancellationToken);

    /// <summary>Takes over entries that others were given long ago; how many, by consumer.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ClaimAsync(
        TimeSpan idle, CancellationToken cancellationToken)
    {
        long milliseconds = (long)idle.TotalMilliseconds;
        StreamPendingMessageInfo[] left = await FindLeftAsync(milliseconds, cancellationToken).ConfigureAwait(false);
        if (left.Length > 0)
        {
            RedisValue[] ids = [.. left.Select(static entry => entry.MessageId)];
            await reading
                .CallAsync(
                    database => database.StreamClaimIdsOnlyAsync(
                        stream, consumer.Group, consumer.Claimer, milliseconds, ids),
                    cancellationToken)
                .ConfigureAwait(false);
        }

        return left.CountBy(static entry => entry.ConsumerName.ToString()).ToDictionary();
    }

    /// <summary>Acknowledges what was given up to an ID, whoever read it: an earlier run of this consumer.</summary>
    public async Task AcknowledgeGivenAsync(StreamId upTo, CancellationToken cancellationToken)
    {
        StreamPendingMessageInfo[] pending;
        do
        {
            pending = await reading
                .CallAsync(
                    database => database.StreamPendingMessagesAsync(
                        stream, consumer.Group, MostAtOnce, consumer.Name, "-", upTo.ToString()),
                    cancellationToken)
                .ConfigureAwait(false);
            await AcknowledgeAsync(
                reading, [.. pending.Select(static entry => entry.MessageId)], cancellationToken).ConfigureAwait(false);
        }
        while (pending.Length == MostAtOnce);
    }

    public Task AcknowledgeAsync(RedisValue[] ids, CancellationToken cancellationToken) =>
        AcknowledgeAsync(telling, ids, cancellationToken);

    // XAUTOCLAIM would take from this consumer too, and what that has read waits for a checkpoint, however long.
    private async Task<StreamPendingMessageInfo[]> FindLeftAsync(long idle, CancellationToken cancellationToken)
    {
        RedisValue from = "-";
        while (true)
        {
            StreamPendingMessageInfo[] page = await reading
                .CallAsync(
                    database => database.StreamPendingMessagesAsync(
                        stream, consumer.Group, MostAtOnce, RedisValue.Null, from, "+", idle),
                    cancellationToken)
                .ConfigureAwait(false);
            StreamPendingMessageInfo[] left = [.. page.Where(entry => !consumer.IsOwn(entry.ConsumerName))];
            if (left.Length > 0 || page.Length < MostAtOnce)
            {
                return left;
            }

            from = $"({page[^1].MessageId}";
        }
    }

    private async Task AcknowledgeAsync(RedisLease lease, RedisValue[] ids, CancellationToken cancellationToken)
    {
        foreach (RedisValue[] some in ids.Chunk(MostAtOnce))
        {
            await lease
                .CallAsync(
                    database => database.StreamAcknowledgeAsync(stream, consumer.Group, some), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private Task<StreamEntry[]> ReadAgainAsync(
        RedisValue name, StreamId after, int count, CancellationToken cancellationToken) => reading.CallAsync(
            database => database.StreamReadGroupAsync(stream, consumer.Group, name, after.ToString(), count),
            cancellationToken);
}
