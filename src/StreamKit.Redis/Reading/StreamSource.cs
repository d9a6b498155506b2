using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Reading;

/// <summary>Streams that are read by the IDs of their entries, each a split.</summary>
internal sealed class StreamSource<T>(
    RedisConnection connection,
    IReadOnlyList<string> streams,
    Func<StreamEntry, T> record,
    RedisStreamSourceOptions options) : ISource<T>
{
    public Replayability Replayability => Replayability.Full;

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var readers = new List<ISplitReader<T>>();
        foreach (string stream in streams)
        {
            RedisLease lease = await connection
                .OpenAsync(context.Name, options.RetryFor, context.Clock, context.Logger, cancellationToken)
                .ConfigureAwait(false);
            context.DisposeLater(lease);
            StreamId start = options.StartsNow
                ? await FindLastAsync(lease, stream, cancellationToken).ConfigureAwait(false)
                : StreamId.Parse(options.StartAfter);
            readers.Add(new StreamSplitReader<T>(stream, EntryPosition.After(start), lease, record, context, options));
        }

        return readers;
    }

    // An ID and not "$", so that what comes before the first read is not missed.
    private static async Task<StreamId> FindLastAsync(
        RedisLease lease, string stream, CancellationToken cancellationToken)
    {
        bool exists = await lease
            .CallAsync(database => database.KeyExistsAsync(stream), cancellationToken).ConfigureAwait(false);
        return exists
            ? StreamId.Parse(await lease.CallAsync(LastAsync, cancellationToken).ConfigureAwait(false))
            : default;

        async Task<RedisValue> LastAsync(IDatabase database)
        {
            StreamInfo info = await database.StreamInfoAsync(stream).ConfigureAwait(false);
            return info.LastGeneratedId;
        }
    }
}
