using StreamKit.Connectors;

namespace StreamKit.Kafka.Writing;

/// <summary>Writes records to Kafka as they come.</summary>
internal sealed class KafkaRecordSink<T>(KafkaConnection connection, MessageFormat<T> format, SinkMode mode) : ISink<T>
{
    public SinkMode Mode => mode;

    // What has a key of its own replaces itself, retracted or not.
    public SinkGuarantee Guarantee => format.NeedsKey ? SinkGuarantee.Idempotent : SinkGuarantee.AtLeastOnce;

    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OpenAsync(connection, format, context, cancellationToken);
    }

    internal static async ValueTask<ISinkWriter<T>> OpenAsync(
        KafkaConnection connection, MessageFormat<T> format, SinkContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Outbox outbox = Outbox.Open(connection, format.Options, context);
        try
        {
            TimeSpan within = format.Options.ConnectTimeout;
            await Reach.RequireAsync(outbox, format.FixedTopic, within, context.Clock, cancellationToken)
                .ConfigureAwait(false);
            return new KafkaSinkWriter<T>(format, outbox);
        }
        catch
        {
            await outbox.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
