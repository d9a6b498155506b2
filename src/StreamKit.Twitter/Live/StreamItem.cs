using StreamKit.Connectors;

namespace StreamKit.Twitter.Live;

/// <summary>What a connection hands to the reader: a post, something to be reported, or the end of it all.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Tweet">A post.</param>
/// <param name="Bad">What the error policy is to judge.</param>
/// <param name="Fault">Why the source cannot go on.</param>
internal readonly record struct StreamItem(
    DateTimeOffset At,
    Tweet? Tweet = null,
    BadRecord? Bad = null,
    Exception? Fault = null);
