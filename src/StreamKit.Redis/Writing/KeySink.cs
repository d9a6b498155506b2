using StreamKit.Connectors;
using StreamKit.Redis.Connecting;

namespace StreamKit.Redis.Writing;

/// <summary>A sink whose records replace each other, so that writing them again changes nothing.</summary>
/// <param name="connection">Where to.</param>
/// <param name="mode">What it makes of the records.</param>
/// <param name="form">What the keys hold.</param>
/// <param name="change">Makes what a writer asks of its records; each writer has its own.</param>
/// <param name="options">How to write.</param>
internal sealed class KeySink<T>(
    RedisConnection connection,
    SinkMode mode,
    KeyForm form,
    Func<RecordChange<T>> change,
    RedisSinkOptions options) : ISink<T>
{
    public SinkMode Mode => mode;

    // Also where retractions come: the same records in the same order end in the same content.
    public SinkGuarantee Guarantee => SinkGuarantee.Idempotent;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        RedisLease lease = await connection
            .OpenAsync(context.Name, options.RetryFor, context.Clock, context.Logger, cancellationToken)
            .ConfigureAwait(false);
        return new KeyWriter<T>(lease, form, change(), options.BatchesInFlight);
    }
}
