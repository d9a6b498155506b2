using Confluent.Kafka;

namespace StreamKit.Kafka.Writing;

/// <summary>The transactions of one producer, with what is tried again and what is not.</summary>
/// <param name="outbox">The producer.</param>
/// <param name="within">How long each step is tried.</param>
/// <param name="clock">Measures that.</param>
internal sealed class Transactions(Outbox outbox, TimeSpan within, TimeProvider clock)
{
    // The client waits on the thread that calls; in between there is a moment to look whether the job is aborted.
    private static readonly TimeSpan OneCall = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether the open transaction can neither be committed nor taken back by this producer.</summary>
    public bool IsLost { get; private set; }

    /// <summary>
    /// Takes the name: shuts out every producer that had it before, and takes back the transaction that it left open.
    /// </summary>
    /// <exception cref="KafkaStreamException">Brokers do not answer, or refuse.</exception>
    public async Task InitAsync(CancellationToken cancellationToken)
    {
        if (await TryAsync(outbox.Producer.InitTransactions, cancellationToken).ConfigureAwait(false) is { } error)
        {
            throw Lost(error, "The transactional id could not be taken");
        }
    }

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="KafkaStreamException">The producer has been shut out.</exception>
    public void Begin()
    {
        try
        {
            outbox.Producer.BeginTransaction();
        }
        catch (KafkaException exception)
        {
            throw Lost(exception.Error, "A transaction could not be begun");
        }
    }

    /// <summary>Commits it.</summary>
    /// <returns>Null when it is committed; why not, when it has to be taken back.</returns>
    /// <exception cref="KafkaStreamException">It is not known whether it is committed, or it never can be.</exception>
    public async Task<KafkaStreamException?> CommitAsync()
    {
        bool takeBack = false;
        void Commit(TimeSpan time)
        {
            try
            {
                outbox.Producer.CommitTransaction(time);
            }
            catch (KafkaTxnRequiresAbortException)
            {
                takeBack = true;
                throw;
            }
        }

        Error? error = await TryAsync(Commit, CancellationToken.None).ConfigureAwait(false);
        if (error is null)
        {
            return null;
        }

        return takeBack && !error.IsFatal
            ? outbox.Describe(error, "A transaction has to be taken back")
            : throw Lost(error, "Whether a transaction was committed is not known; the next run looks for its marker");
    }

    /// <summary>Takes it back; nothing of it is there then.</summary>
    /// <param name="reason">Why.</param>
    /// <exception cref="KafkaStreamException">That cannot be done; the next run will.</exception>
    public async Task AbortAsync(Exception reason)
    {
        if (await TryAsync(outbox.Producer.AbortTransaction, CancellationToken.None).ConfigureAwait(false) is { } error)
        {
            throw Lost(
                error, $"A transaction could not be taken back, which had failed ({reason.Message.TrimEnd('.')})");
        }

        outbox.Forgive();
    }

    private KafkaStreamException Lost(Error error, string what)
    {
        IsLost = true;
        return outbox.Describe(error, what);
    }

    /// <summary>Calls until it is done, and for as long as it may be tried again.</summary>
    /// <returns>The error that ended it; null where there was none.</returns>
    private async Task<Error?> TryAsync(Action<TimeSpan> call, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await Task.Run(() => call(OneCall), CancellationToken.None).ConfigureAwait(false);
                return null;
            }
            catch (KafkaRetriableException exception)
            {
                if (clock.GetElapsedTime(start) >= within)
                {
                    return exception.Error;
                }
            }
            catch (KafkaException exception)
            {
                return exception.Error;
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
