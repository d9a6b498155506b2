using StreamKit.Twitter.Simulator.Serving;

namespace StreamKit.Twitter.Simulator;

/// <summary>How an attempt to connect fails.</summary>
public sealed class ConnectFault
{
    private ConnectFault(ConnectAnswer answer) => Answer = answer;

    /// <summary>The connection is reset before an answer.</summary>
    public static ConnectFault Reset { get; } = new(ConnectAnswer.Reset);

    /// <summary>No answer comes.</summary>
    public static ConnectFault NoAnswer { get; } = new(ConnectAnswer.None);

    /// <summary>The connection is accepted and ends at once.</summary>
    public static ConnectFault AcceptedAndEnded { get; } = new(ConnectAnswer.AcceptAndEnd);

    /// <summary>Too many connections are open (429).</summary>
    public static ConnectFault TooManyConnections { get; } =
        new(ConnectAnswer.Refuse) { Status = 429, Body = ProblemJson.TooManyConnections };

    internal ConnectAnswer Answer { get; }

    internal int Status { get; private init; }

    internal string Body { get; private init; } = string.Empty;

    internal TimeSpan? ResetAfter { get; private init; }

    /// <summary>There were too many requests (429).</summary>
    /// <param name="resetAfter">After how long the limit ends.</param>
    public static ConnectFault RateLimited(TimeSpan resetAfter) =>
        new(ConnectAnswer.Refuse) { Status = 429, Body = ProblemJson.RateLimited, ResetAfter = resetAfter };

    /// <summary>Any HTTP error.</summary>
    /// <param name="status">The status, 400 to 599.</param>
    /// <param name="detail">What the problem says.</param>
    public static ConnectFault HttpError(int status, string detail = "Something is wrong.")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new(ConnectAnswer.Refuse)
        {
            Status = status,
            Body = ProblemJson.Single($"status-{status}", detail, connectionIssue: null),
        };
    }
}
