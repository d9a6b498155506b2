using Confluent.Kafka;
using StreamKit.Connectors;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Writing;

/// <summary>Hands messages to librdkafka, waits where there is no room, and knows what has arrived.</summary>
internal sealed class Outbox : IAsyncDisposable
{
    // How long what was written may take when the sink is closed; a job that ends in order has flushed before.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);

    private readonly DeliveryWindow _window = new();
    private readonly DeliveryErrors _errors;
    private readonly int _capacity;
    private readonly SinkContext _context;
    private readonly Action<DeliveryReport<byte[]?, byte[]?>> _onReport;
    private bool _disposed;

    private Outbox(
        IProducer<byte[]?, byte[]?> producer, DeliveryErrors errors, int capacity, SinkContext context)
    {
        (Producer, _errors, _capacity, _context) = (producer, errors, capacity, context);
        _onReport = OnReport;
    }

    public IProducer<byte[]?, byte[]?> Producer { get; }

    /// <summary>Makes the producer; nothing is connected yet.</summary>
    /// <exception cref="KafkaStreamException">A setting is wrong.</exception>
    public static Outbox Open<T>(
        KafkaConnection connection, KafkaSinkOptions<T> options, SinkContext context, string? transactionalId = null)
    {
        var events = new ClientEvents(connection, context.Logger);
        ProducerConfig config = ProducerSettings.Of(connection, options, transactionalId);
        try
        {
            IProducer<byte[]?, byte[]?> producer = new ProducerBuilder<byte[]?, byte[]?>(config)
                .SetLogHandler((_, message) => events.OnLog(message))
                .SetErrorHandler((_, error) => events.OnError(error))
                .Build();
            var errors = new DeliveryErrors(connection, options.Settings, events, options.DeliveryTimeout);
            return new Outbox(producer, errors, options.MaxInFlight, context);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The exception below may repeat a password, so it is not handed on.
            throw new KafkaStreamException(
                $"The sink '{context.Name}' has a setting that librdkafka refuses: "
                + connection.Redact(exception.Message, options.Settings));
        }
    }

    /// <summary>Hands a message over; waits while there are too many on their way.</summary>
    /// <exception cref="KafkaStreamException">This message, or one before it, will not arrive.</exception>
    public ValueTask SendAsync(
        TopicPartition to, Message<byte[]?, byte[]?> message, CancellationToken cancellationToken)
    {
        _window.ThrowIfFailed();
        return _window.Count < _capacity && TrySend(to, message)
            ? ValueTask.CompletedTask
            : WaitAndSendAsync(to, message, cancellationToken);
    }

    /// <summary>Completes when brokers have acknowledged everything.</summary>
    /// <exception cref="KafkaStreamException">A message will not arrive.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _window.WaitForAsync(0, cancellationToken);

    /// <summary>Forgets what failed, when the transaction that it was part of has been taken back.</summary>
    public void Forgive() => _window.Forgive();

    /// <summary>What a failure of the client says to whoever reads it.</summary>
    public KafkaStreamException Describe(Error error, string what) => _errors.Describe(error, what);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await WaitForLastAsync().ConfigureAwait(false);
        }
        finally
        {
            // It waits for its threads.
            await Task.Run(Producer.Dispose).ConfigureAwait(false);
        }
    }

    private async Task WaitForLastAsync()
    {
        if (_window.Failure is not null || _window.Count == 0)
        {
            return;
        }

        using var time = new CancellationTokenSource(LastWait, _context.Clock);
        try
        {
            await _window.WaitForAsync(0, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _context.Logger.LeftBehind(_context.Name, _window.Count);
        }
        catch (KafkaStreamException failure)
        {
            _context.Logger.LastFailed(_context.Name, failure.Message);
        }
    }

    private async ValueTask WaitAndSendAsync(
        TopicPartition to, Message<byte[]?, byte[]?> message, CancellationToken cancellationToken)
    {
        do
        {
            // Half of them, so that the pipeline does not stop at every message.
            await _window.WaitForAsync(_window.Count / 2, cancellationToken).ConfigureAwait(false);
        }
        while (!TrySend(to, message));
    }

    private bool TrySend(TopicPartition to, Message<byte[]?, byte[]?> message)
    {
        _window.Add();
        try
        {
            Producer.Produce(to, message, _onReport);
            return true;
        }
        catch (ProduceException<byte[]?, byte[]?> exception)
        {
            _window.Remove();
            if (exception.Error.Code == ErrorCode.Local_QueueFull && _window.Count > 0)
            {
                return false;
            }

            throw _errors.Describe(exception.Error, to, message);
        }
        catch
        {
            _window.Remove();
            throw;
        }
    }

    private void OnReport(DeliveryReport<byte[]?, byte[]?> report) => _window.Remove(
        report.Error.IsError ? _errors.Describe(report.Error, report.TopicPartition, report.Message) : null);
}
