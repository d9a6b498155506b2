using System.Net;

namespace StreamKit.Twitter;

/// <summary>Something that happened to a connection of the filtered stream.</summary>
public sealed class ConnectionEvent
{
    internal ConnectionEvent(ConnectionEventKind kind, string reason) => (Kind, Reason) = (kind, reason);

    /// <summary>What happened.</summary>
    public ConnectionEventKind Kind { get; }

    /// <summary>Which of the <see cref="FilteredStreamOptions.Connections"/> it is, counted from 0.</summary>
    public int Connection { get; internal init; }

    /// <summary>When, by the clock of the job.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>The status of the answer, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; internal init; }

    /// <summary>What the service said; empty where it said nothing.</summary>
    public IReadOnlyList<StreamProblem> Problems { get; internal init; } = [];

    /// <summary>The same in a sentence, fit to be logged.</summary>
    public string Reason { get; }

    /// <summary>How long the next attempt waits; null where none follows from this.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>
    /// How many minutes of back-fill were asked for (<see cref="ConnectionEventKind.Connected"/>); else 0.
    /// </summary>
    public int BackfillMinutes { get; internal init; }

    /// <summary>How many bytes of an unfinished line a break cut off.</summary>
    public long UnfinishedBytes { get; internal init; }

    /// <summary>How long no connection was open (<see cref="ConnectionEventKind.Gap"/>); else null.</summary>
    public TimeSpan? Outage { get; internal init; }

    /// <summary>The sentence.</summary>
    public override string ToString() => $"Connection {Connection}: {Reason}";
}
