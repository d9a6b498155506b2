using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogOfTests : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();
    private readonly ConcurrentDictionary<LogLevel, TaskCompletionSource> _seen = new();

    public IReadOnlyCollection<(LogLevel Level, string Text)> Entries => _entries;

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
        _entries.Enqueue((logLevel, formatter(state, exception)));
        Seen(logLevel).TrySetResult();
    }

    /// <summary>Completes when something of a level has been logged.</summary>
    public Task WaitForAsync(LogLevel level, CancellationToken cancellationToken) =>
        Seen(level).Task.WaitAsync(cancellationToken);

    private TaskCompletionSource Seen(LogLevel level) =>
        _seen.GetOrAdd(level, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
