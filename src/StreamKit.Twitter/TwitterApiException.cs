using System.Net;

namespace StreamKit.Twitter;

/// <summary>The X API refused a request, or reported a problem in a stream.</summary>
/// <remarks>The message holds what the service says of the problem, and never a token, so it may be logged.</remarks>
public sealed class TwitterApiException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, in a sentence.</param>
    /// <param name="inner">What it comes from; null where it comes from nothing else.</param>
    public TwitterApiException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The status of the answer; null where the problem stood in a stream, or nothing was answered.</summary>
    public HttpStatusCode? StatusCode { get; internal init; }

    /// <summary>The problems that the service named, in its order; empty where it named none.</summary>
    public IReadOnlyList<StreamProblem> Problems { get; internal init; } = [];

    /// <summary>Whether trying again may help, though nothing was answered.</summary>
    internal bool MayPass { get; init; }

    /// <summary>When a rate limit ends, as the service says; null where it says nothing.</summary>
    public DateTimeOffset? RateLimitReset { get; internal init; }
}
