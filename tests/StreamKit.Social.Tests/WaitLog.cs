using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace StreamKit.Social.Tests;

/// <summary>Keeps what is logged, and hands out the waits that are told.</summary>
internal sealed class WaitLog : ILogger
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    internal System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

    internal ValueTask<TimeSpan> NextWaitAsync(CancellationToken token) => _waits.Reader.ReadAsync(token);

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
        Lines.Enqueue($"{formatter(state, exception)} {exception}");
        if (state is IEnumerable<KeyValuePair<string, object?>> fields
            && fields.FirstOrDefault(field => field.Key == "Wait").Value is TimeSpan wait)
        {
            _waits.Writer.TryWrite(wait);
        }
    }
}
