using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Reading;

/// <summary>Streams that are read by one consumer of a group, each a split.</summary>
internal sealed class GroupSource<T>(
    RedisConnection connection,
    IReadOnlyList<string> streams,
    ConsumerName consumer,
    Func<StreamEntry, T> record,
    RedisGroupSourceOptions options) : ISource<T>
{
    // The server gives out again what is not acknowledged, and that is what no checkpoint holds.
    public Replayability Replayability => Replayability.Bounded;

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var readers = new Dictionary<string, GroupSplitReader<T>>(StringComparer.Ordinal);
        foreach (string stream in streams)
        {
            var members = new GroupMember(
                stream,
                consumer,
                await LeaseAsync().ConfigureAwait(false),
                await LeaseAsync().ConfigureAwait(false));
            await members.JoinAsync(options.StartAfter, cancellationToken).ConfigureAwait(false);
            readers.Add(stream, new GroupSplitReader<T>(members, record, context, options));
        }

        if (context.HasCheckpoints)
        {
            context.OnCheckpointCompleted((positions, token) => AcknowledgeAsync(readers, positions, token));
        }

        return [.. readers.Values];

        async Task<RedisLease> LeaseAsync()
        {
            RedisLease lease = await connection
                .OpenAsync(context.Name, options.RetryFor, context.Clock, context.Logger, cancellationToken)
                .ConfigureAwait(false);
            context.DisposeLater(lease);
            return lease;
        }
    }

    private static async ValueTask AcknowledgeAsync(
        Dictionary<string, GroupSplitReader<T>> readers,
        IReadOnlyList<SplitPosition> positions,
        CancellationToken cancellationToken)
    {
        foreach (SplitPosition position in positions)
        {
            if (position.Position is { } text && readers.TryGetValue(position.Split, out GroupSplitReader<T>? reader))
            {
                await reader.AcknowledgeAsync(GroupPosition.Parse(text), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
