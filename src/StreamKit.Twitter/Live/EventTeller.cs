using System.Net;
using Microsoft.Extensions.Logging;

namespace StreamKit.Twitter.Live;

/// <summary>Tells what happens to one connection: to the counters, to the log, and to whoever asked for it.</summary>
internal sealed class EventTeller(StreamSurroundings surroundings, int connection)
{
    internal void Connected(HttpStatusCode status, int backfillMinutes) => Tell(
        new ConnectionEvent(ConnectionEventKind.Connected, "connected")
        {
            Connection = connection,
            At = Now,
            StatusCode = status,
            BackfillMinutes = backfillMinutes,
        });

    /// <summary>Something was wrong in the stream, which goes on.</summary>
    internal void Noticed(ConnectionEventKind kind, string reason, IReadOnlyList<StreamProblem> problems) => Tell(
        new ConnectionEvent(kind, reason) { Connection = connection, At = Now, Problems = problems });

    internal void Missed(TimeSpan outage, int backfillMinutes) => Tell(
        new ConnectionEvent(
            ConnectionEventKind.Gap,
            $"nothing was received for {outage}, and back-fill covers {backfillMinutes} minutes: posts may be missing")
        {
            Connection = connection,
            At = Now,
            Outage = outage,
            BackfillMinutes = backfillMinutes,
        });

    /// <summary>A stream ended.</summary>
    internal void Ended(
        ConnectionEventKind kind,
        string reason,
        IReadOnlyList<StreamProblem> problems,
        long unfinishedBytes) => Tell(
        new ConnectionEvent(kind, reason)
        {
            Connection = connection,
            At = Now,
            Problems = problems,
            RetryAfter = TimeSpan.Zero,
            UnfinishedBytes = unfinishedBytes,
        });

    /// <summary>An attempt failed, and the next one waits.</summary>
    internal void Failed(
        ConnectionEventKind kind,
        string reason,
        IReadOnlyList<StreamProblem> problems,
        HttpStatusCode? status,
        Backoff backoff)
    {
        if (backoff.IsAtMost)
        {
            LiveLog.FailsOnAndOn(surroundings.Logger, surroundings.Name, connection, reason, backoff.Wait);
        }
        else
        {
            LiveLog.Failed(surroundings.Logger, surroundings.Name, connection, reason, backoff.Wait);
        }

        CountAndHandOver(new ConnectionEvent(kind, reason)
        {
            Connection = connection,
            At = Now,
            StatusCode = status,
            Problems = problems,
            RetryAfter = backoff.Wait,
        });
    }

    private DateTimeOffset Now => surroundings.Clock.GetUtcNow();

    private void Tell(ConnectionEvent happened)
    {
        ILogger logger = surroundings.Logger;
        if (happened.Kind == ConnectionEventKind.Connected)
        {
            LiveLog.Happened(logger, surroundings.Name, connection, happened.Reason);
        }
        else
        {
            LiveLog.Noteworthy(logger, surroundings.Name, connection, happened.Reason);
        }

        CountAndHandOver(happened);
    }

    private void CountAndHandOver(ConnectionEvent happened)
    {
        LiveInstruments.Event(surroundings.Name, happened.Kind);
        surroundings.Options.OnConnectionEvent?.Invoke(happened);
    }
}
