using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Tests;

/// <summary>Gives everybody one log.</summary>
internal sealed class LoggersOfTests(LogOfTests log) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => log;

    public void Dispose()
    {
    }
}
