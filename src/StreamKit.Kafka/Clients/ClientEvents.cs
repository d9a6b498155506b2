using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Clients;

/// <summary>What a client of librdkafka says while it runs; any thread.</summary>
/// <remarks>
/// A connection that breaks is no failure: the client goes on trying, so it is logged as a warning, and kept to be
/// named when something does fail of it.
/// </remarks>
internal sealed class ClientEvents(KafkaConnection connection, ILogger logger)
{
    private const string TransactionFailed = "TXNERR";

    private readonly Repetitions _repetitions = new();
    private volatile Error? _last;
    private volatile Error? _fatal;

    /// <summary>What went wrong last; null where nothing has.</summary>
    public Error? Last => _last;

    /// <summary>What ended the client for good; null where nothing has.</summary>
    public Error? Fatal => _fatal;

    public void OnLog(LogMessage message)
    {
        LogLevel level = message.Level switch
        {
            SyslogLevel.Emergency or SyslogLevel.Alert or SyslogLevel.Critical => LogLevel.Error,
            SyslogLevel.Error or SyslogLevel.Warning => LogLevel.Warning,
            SyslogLevel.Notice or SyslogLevel.Info => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        if (message.Facility == TransactionFailed)
        {
            // Said here only: the messages of the transaction just come back undelivered.
            _last = new Error(ErrorCode.Local_State, message.Message);
        }

        if (logger.IsEnabled(level))
        {
            string text = connection.Redact(message.Message);
            level = _repetitions.LevelOf(level, text);
            logger.ClientSaid(level, message.Facility, text);
        }
    }

    public void OnError(Error error)
    {
        _last = error;
        if (error.IsFatal)
        {
            _fatal = error;
        }

        LogLevel level = error.IsFatal ? LogLevel.Error : LogLevel.Warning;
        if (logger.IsEnabled(level))
        {
            string reason = connection.Redact(error.Reason);
            level = _repetitions.LevelOf(level, reason);
            logger.ClientFailed(level, error.Code, reason);
        }
    }
}
