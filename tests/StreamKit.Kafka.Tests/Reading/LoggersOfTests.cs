using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>One log for everybody.</summary>
internal sealed class LoggersOfTests(ILogger log) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => log;

    public void Dispose()
    {
    }
}
