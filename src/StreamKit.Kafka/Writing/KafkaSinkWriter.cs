using Confluent.Kafka;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Writing;

/// <summary>Writes the records of one job as they come.</summary>
internal sealed class KafkaSinkWriter<T>(MessageFormat<T> format, Outbox outbox) : ISinkWriter<T>
{
    private readonly MessageWriter<T> _messages = new(format);
    private bool _disposed;

    public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < records.Count; i++)
        {
            (TopicPartition to, Message<byte[]?, byte[]?> message) =
                _messages.Write(records.Values.Span[i], records.TimestampOf(i));
            await outbox.SendAsync(to, message, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        return outbox.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return outbox.DisposeAsync();
    }
}
