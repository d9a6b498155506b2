using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Writing;

/// <summary>Writes records whose newest value for a member of a key counts.</summary>
internal sealed class KeyWriter<T>(RedisLease lease, KeyForm form, RecordChange<T> change, int capacity)
    : ISinkWriter<T>
{
    private readonly CommandPipe _pipe = new(lease, capacity);

    public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return records.Count == 0
            ? ValueTask.CompletedTask
            : _pipe.SendAsync(new KeyCommands(form, Gather(records.Values.Span)), cancellationToken);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => _pipe.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();

    private Dictionary<RedisKey, KeyChanges>.ValueCollection Gather(ReadOnlySpan<T> records)
    {
        var keys = new Dictionary<RedisKey, KeyChanges>();
        KeyChanges? last = null;
        foreach (T record in records)
        {
            RedisKey key = change.KeyOf(record);
            if (last is null || last.Key != key)
            {
                last = keys.GetValueOrDefault(key);
                if (last is null)
                {
                    keys.Add(key, last = new KeyChanges(key));
                }
            }

            change.Apply(record, last);
        }

        return keys.Values;
    }
}
