namespace StreamKit.Kafka.Writing;

/// <summary>Counts the messages that are on their way, and has a caller wait until there are few enough.</summary>
/// <remarks>
/// One caller sends and waits; acknowledgements come on a thread of librdkafka's client. After a failure nobody waits:
/// what is still on its way does not matter any more.
/// </remarks>
internal sealed class DeliveryWindow
{
    private readonly Lock _lock = new();
    private int _count;
    private KafkaStreamException? _failure;
    private TaskCompletionSource? _waiter;
    private int _awaited;

    /// <summary>How many messages are on their way.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>The first failure; null where there was none.</summary>
    public KafkaStreamException? Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>Counts a message that is about to be handed over.</summary>
    public void Add()
    {
        lock (_lock)
        {
            _count++;
        }
    }

    /// <summary>Counts a message that has arrived, or never will.</summary>
    /// <param name="failure">Why it never will; null where it has arrived.</param>
    public void Remove(KafkaStreamException? failure = null)
    {
        TaskCompletionSource? satisfied = null;
        lock (_lock)
        {
            _count--;
            _failure ??= failure;
            if (_waiter is not null && (_count <= _awaited || _failure is not null))
            {
                (satisfied, _waiter) = (_waiter, null);
            }
        }

        satisfied?.SetResult();
    }

    /// <summary>Completes when so many messages are on their way, or fewer.</summary>
    /// <exception cref="KafkaStreamException">One will not arrive.</exception>
    public async ValueTask WaitForAsync(int atMost, CancellationToken cancellationToken)
    {
        Task? wait = null;
        lock (_lock)
        {
            if (_failure is null && _count > atMost)
            {
                // The thread that acknowledges must not run the pipeline.
                _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited = atMost;
                wait = _waiter.Task;
            }
        }

        if (wait is not null)
        {
            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        ThrowIfFailed();
    }

    /// <summary>Forgets a failure, for the messages that it was about have been taken back.</summary>
    public void Forgive()
    {
        lock (_lock)
        {
            _failure = null;
        }
    }

    /// <exception cref="KafkaStreamException">A message will not arrive.</exception>
    public void ThrowIfFailed()
    {
        if (Failure is { } failure)
        {
            // A new one for each caller, so that the stack of the first is not written over.
            throw new KafkaStreamException(failure.Message, failure.InnerException);
        }
    }
}
