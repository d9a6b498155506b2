using System.Net;

namespace StreamKit.Social;

/// <summary>A network refuses to stream, in a way that no further attempt changes.</summary>
/// <remarks>The message never holds a token, so it may be logged.</remarks>
public sealed class SocialStreamException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, in a sentence.</param>
    /// <param name="inner">What it comes from; null where it comes from nothing else.</param>
    public SocialStreamException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The status of the answer, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; internal init; }
}
