using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Writing;

/// <summary>Writes records each of which stands for itself, one batch after the other.</summary>
internal sealed class AppendWriter<T>(RedisLease lease, Func<ReadOnlyMemory<T>, Commands> commandsOf) : ISinkWriter<T>
{
    // More than one on their way would come in another order when the first is sent again.
    private readonly CommandPipe _pipe = new(lease, capacity: 1);

    public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return records.Count == 0
            ? ValueTask.CompletedTask
            : _pipe.SendAsync(commandsOf(records.Values), cancellationToken);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => _pipe.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();
}
