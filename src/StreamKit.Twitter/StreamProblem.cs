namespace StreamKit.Twitter;

/// <summary>One entry of <c>errors</c>, or a problem body; what the service left out is null.</summary>
public sealed class StreamProblem
{
    internal StreamProblem()
    {
    }

    /// <summary>A few words ("operational-disconnect", "Not Found Error").</summary>
    public string? Title { get; internal init; }

    /// <summary>A sentence for people. v1.1 calls it <c>message</c>.</summary>
    public string? Detail { get; internal init; }

    /// <summary>The problem's URL. Hosts differ over the years, so compare <see cref="TypeName"/>.</summary>
    public string? Type { get; internal init; }

    /// <summary>The last part of <see cref="Type"/>, after '/' or '#' ("operational-disconnect",
    /// "usage-capped").</summary>
    public string? TypeName => Type?[(Type.AsSpan().TrimEnd('/').LastIndexOfAny('/', '#') + 1)..].TrimEnd('/');

    /// <summary>Why the stream is closed ("UpstreamOperationalDisconnect").</summary>
    public string? DisconnectType { get; internal init; }

    /// <summary>Why a connection was refused ("TooManyConnections").</summary>
    public string? ConnectionIssue { get; internal init; }

    /// <summary>The id or name of what could not be delivered.</summary>
    public string? ResourceId { get; internal init; }

    /// <summary>The kind of what could not be delivered ("tweet", "user").</summary>
    public string? ResourceType { get; internal init; }

    /// <summary>What the problem is about, such as the text of a rule that was refused.</summary>
    public string? Value { get; internal init; }

    /// <summary>Further sentences, such as what is wrong with a rule, each at its place.</summary>
    public IReadOnlyList<string> Details { get; internal init; } = [];

    /// <summary>The v1.1 error number (88: rate limit).</summary>
    public long? Code { get; internal init; }

    /// <summary>Whether the service closes the stream.</summary>
    public bool IsDisconnect =>
        DisconnectType is not null || TypeName is "operational-disconnect" or "client-disconnected";

    /// <summary>What is known of it in one line.</summary>
    public override string ToString() =>
        string.Join(": ", new[] { Title ?? TypeName, Value, Detail, string.Join(' ', Details) }
            .Where(part => !string.IsNullOrEmpty(part))
            .Distinct());
}
