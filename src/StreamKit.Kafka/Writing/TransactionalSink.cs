using StreamKit.Connectors;

namespace StreamKit.Kafka.Writing;

/// <summary>
/// Writes the records of an epoch, and the number of the epoch, in one transaction, after the checkpoint that holds
/// them.
/// </summary>
/// <remarks>
/// The client cannot take up a transaction that another process has left prepared, so records wait in the checkpoint
/// and not in an open transaction.
/// </remarks>
internal sealed class TransactionalSink<T>(KafkaConnection connection, MessageFormat<T> format, SinkMode mode)
    : IWriteAheadSink<T>
{
    public SinkMode Mode => mode;

    public async ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.HasCheckpoints)
        {
            return await KafkaRecordSink<T>.OpenAsync(connection, format, context, cancellationToken)
                .ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        KafkaSinkOptions<T> options = format.Options;
        string id = options.TransactionalId!; // A sink without one is made by another class.
        Outbox outbox = Outbox.Open(connection, options, context, id);
        try
        {
            await Reach
                .RequireAsync(outbox, format.FixedTopic, options.ConnectTimeout, context.Clock, cancellationToken)
                .ConfigureAwait(false);
            var markers = new CommitMarkers(connection, options.MarkerTopic, id, options.TransactionTimeout, context);
            return new TransactionalSinkWriter<T>(format, outbox, markers, context);
        }
        catch
        {
            await outbox.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
