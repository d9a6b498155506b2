using Microsoft.Extensions.Logging;

namespace StreamKit.Crash;

/// <summary>Says on the console which checkpoint the job went on from, and everything that went wrong.</summary>
internal sealed class RestoreLog : ILoggerFactory, ILogger
{
    private const int Restored = 35;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        string text = formatter(state, exception);
        if (eventId.Id == Restored)
        {
            Console.WriteLine(WordCount.WentOnFrom + text);
        }
        else if (logLevel >= LogLevel.Error)
        {
            Console.Error.WriteLine($"{text} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
