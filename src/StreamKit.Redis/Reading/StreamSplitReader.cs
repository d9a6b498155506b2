using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Reading;

/// <summary>Reads one stream by the IDs of its entries.</summary>
internal sealed class StreamSplitReader<T>(
    string stream,
    EntryPosition start,
    RedisLease lease,
    Func<StreamEntry, T> record,
    SourceContext<T> context,
    RedisStreamSourceOptions options) : ISplitReader<T>
{
    private readonly EntryReader<T> _entries = new(stream, record, context);
    private readonly Pause _pause = new(options.PollInterval, context.Clock);
    private EntryPosition _next = start;

    public string Split => stream;

    public string? Position => _next.ToString();

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _next = EntryPosition.Parse(position);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The entry that was read last comes again each time: where it is missing, the stream was cut under the
            // reader, and nobody can say how far.
            StreamEntry[] found = await lease
                .CallAsync(
                    database => database.StreamRangeAsync(stream, _next.Id.ToString(), "+", buffer.Remaining + 1),
                    cancellationToken)
                .ConfigureAwait(false);
            bool hasLast = found.Length > 0 && StreamId.Parse(found[0].Id) == _next.Id;
            if (_next.IsEntry && !hasLast)
            {
                await MissAsync(found, cancellationToken).ConfigureAwait(false);
            }

            foreach (StreamEntry entry in found.AsSpan(hasLast ? 1 : 0))
            {
                if (buffer.IsFull)
                {
                    break;
                }

                _next = new EntryPosition(StreamId.Parse(entry.Id), IsEntry: true);
                _entries.Take(entry, buffer);
            }

            if (buffer.Count > 0)
            {
                _pause.Reset();
                return true;
            }

            if (found.Length <= (hasLast ? 1 : 0))
            {
                if (!options.Follow)
                {
                    return false;
                }

                await _pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task MissAsync(StreamEntry[] found, CancellationToken cancellationToken)
    {
        StreamId last = _next.Id;
        if (found.Length == 0 && await HasNothingNewAsync(last, cancellationToken).ConfigureAwait(false))
        {
            // Everything was read, and removed afterwards.
        }
        else if (options.AllowGaps)
        {
            string first = found.Length > 0 ? found[0].Id.ToString() : "none";
            context.Logger.GapInStream(context.Name, stream, last.ToString(), first);
        }
        else
        {
            throw new IOException(
                $"'{context.Name}' has read the stream '{stream}' up to {last}, and that entry has been removed "
                + "since: what came behind it may be gone too. Keep the stream longer, or read on from what is there "
                + $"with {nameof(RedisStreamSourceOptions)}.{nameof(RedisStreamSourceOptions.AllowGaps)}.");
        }

        _next = EntryPosition.After(last);
    }

    private async Task<bool> HasNothingNewAsync(StreamId last, CancellationToken cancellationToken)
    {
        bool exists = await lease
            .CallAsync(database => database.KeyExistsAsync(stream), cancellationToken).ConfigureAwait(false);
        if (!exists)
        {
            return false;
        }

        StreamInfo info = await lease
            .CallAsync(database => database.StreamInfoAsync(stream), cancellationToken).ConfigureAwait(false);
        return info.Length == 0 && StreamId.Parse(info.LastGeneratedId) == last;
    }
}
