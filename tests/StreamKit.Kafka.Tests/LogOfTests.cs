using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Tests;

/// <summary>Keeps what is logged, and lets a test wait for it.</summary>
internal sealed class LogOfTests : ILogger
{
    private readonly Lock _lock = new();
    private readonly List<(LogLevel Level, string Text)> _entries = [];
    private readonly List<(Func<LogLevel, string, bool> Awaited, TaskCompletionSource Seen)> _waiters = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        string text = $"{formatter(state, exception)}{exception}";
        lock (_lock)
        {
            _entries.Add((logLevel, text));
            foreach ((Func<LogLevel, string, bool> awaited, TaskCompletionSource seen) in _waiters)
            {
                if (awaited(logLevel, text))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    /// <summary>Completes when something of a level has been logged.</summary>
    public Task WaitForAsync(LogLevel level, CancellationToken cancellationToken) =>
        WaitForAsync((logged, _) => logged == level, cancellationToken);

    /// <summary>Completes when something has been logged that holds a text.</summary>
    public Task WaitForAsync(string text, CancellationToken cancellationToken) =>
        WaitForAsync((_, logged) => logged.Contains(text, StringComparison.Ordinal), cancellationToken);

    private Task WaitForAsync(Func<LogLevel, string, bool> awaited, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_entries.Any(entry => awaited(entry.Level, entry.Text)))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((awaited, seen));
            return seen.Task.WaitAsync(cancellationToken);
        }
    }
}
