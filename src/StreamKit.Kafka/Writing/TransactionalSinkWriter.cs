using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Writing;

/// <summary>Writes epochs in transactions.</summary>
internal sealed class TransactionalSinkWriter<T>(
    MessageFormat<T> format, Outbox outbox, CommitMarkers markers, SinkContext context) : IWriteAheadSinkWriter<T>
{
    // A broker that changes hands takes a transaction down once; what fails three times has another reason.
    private const int Attempts = 3;

    private readonly MessageWriter<T> _messages = new(format);
    private readonly Transactions _transactions = new(outbox, format.Options.TransactionTimeout, context.Clock);
    private bool _begun;        // The name is ours: everybody who had it before is shut out.
    private long? _last;        // The epoch whose marker is there; null while it has not been looked for.
    private bool _lost;         // Whether the last transaction was committed is not known; the marker will say it.
    private bool _disposed;

    public async ValueTask<long> FindLastEpochAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_begun)
        {
            // Before the marker is read: from here on nobody else can write one, and what was open is taken back.
            await _transactions.InitAsync(cancellationToken).ConfigureAwait(false);
            _begun = true;
        }

        long last = await markers.FindLastAsync(cancellationToken).ConfigureAwait(false);
        _last = last;
        return last;
    }

    public async ValueTask CommitAsync(long epoch, SinkBatch<T> records, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_lost)
        {
            throw new KafkaStreamException(
                $"'{context.Name}' does not know whether its last transaction was committed: it must be opened again.");
        }

        long last = _last ?? await FindLastEpochAsync(cancellationToken).ConfigureAwait(false);
        if (epoch <= last)
        {
            return;
        }

        if (epoch != last + 1)
        {
            throw new InvalidOperationException(
                $"'{context.Name}' is at epoch {last}; epoch {epoch} does not follow it.");
        }

        for (int attempt = 1; ; attempt++)
        {
            _lost = true;
            Exception? failure = await TryCommitAsync(epoch, records, cancellationToken).ConfigureAwait(false);
            _lost = false;
            if (failure is null)
            {
                _last = epoch;
                return;
            }

            // Records that cannot be written will not be at the next attempt either.
            if (attempt == Attempts || failure is not KafkaStreamException)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            context.Logger.TriesAgain(context.Name, failure.Message);
        }
    }

    /// <summary>Not called where epochs are.</summary>
    public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Records of a job with checkpoints come with their epoch.");

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return outbox.DisposeAsync();
    }

    /// <summary>One transaction.</summary>
    /// <returns>Null when it is committed; why not, when nothing of it is there and it may begin again.</returns>
    /// <exception cref="KafkaStreamException">It is not known whether it was committed, or never can be.</exception>
    private async Task<Exception?> TryCommitAsync(
        long epoch, SinkBatch<T> records, CancellationToken cancellationToken)
    {
        _transactions.Begin();
        Exception? failure = null;
        try
        {
            await SendAsync(records, cancellationToken).ConfigureAwait(false);
            (TopicPartition to, Message<byte[]?, byte[]?> marker) = markers.Of(epoch);
            await outbox.SendAsync(to, marker, cancellationToken).ConfigureAwait(false);

            // Waits for the messages too, and knows why one of them did not arrive.
            failure = await _transactions.CommitAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !_transactions.IsLost)
        {
            // Of a job that is aborted nothing is waited for: the next run takes back what is open.
            failure = exception;
        }

        if (failure is not null)
        {
            await _transactions.AbortAsync(failure).ConfigureAwait(false);
        }

        return failure;
    }

    private async Task SendAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        for (int i = 0; i < records.Count; i++)
        {
            (TopicPartition to, Message<byte[]?, byte[]?> message) =
                _messages.Write(records.Values.Span[i], records.TimestampOf(i));
            await outbox.SendAsync(to, message, cancellationToken).ConfigureAwait(false);
        }
    }
}
