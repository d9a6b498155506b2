using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Writing;

/// <summary>A sink that has every record exactly once, by a marker that moves with the records.</summary>
internal sealed class EpochSink<T>(RedisConnection connection, RedisSinkOptions options, EpochForm<T> form)
    : IWriteAheadSink<T>
{
    public SinkMode Mode => SinkMode.Append;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        RedisLease lease = await connection
            .OpenAsync(context.Name, options.RetryFor, context.Clock, context.Logger, cancellationToken)
            .ConfigureAwait(false);
        return context.HasCheckpoints
            ? new EpochWriter<T>(lease, form, EpochMarker.Of(form.Key, context.Name), context.Name)
            : new AppendWriter<T>(lease, form.CommandsOf);
    }
}
