using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Writing;

/// <summary>A sink that has every record as one more.</summary>
internal sealed class AppendSink<T>(
    RedisConnection connection, RedisSinkOptions options, Func<ReadOnlyMemory<T>, Commands> commandsOf) : ISink<T>
{
    public SinkMode Mode => SinkMode.Append;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        RedisLease lease = await connection
            .OpenAsync(context.Name, options.RetryFor, context.Clock, context.Logger, cancellationToken)
            .ConfigureAwait(false);
        return new AppendWriter<T>(lease, commandsOf);
    }
}
