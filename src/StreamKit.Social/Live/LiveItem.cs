using StreamKit.Connectors;

namespace StreamKit.Social.Live;

/// <summary>What a connection hands to the reader: a post, something to be reported, or the end of it all.</summary>
/// <param name="Post">A post.</param>
/// <param name="Key">What makes the post the same when it comes again.</param>
/// <param name="Cursor">Where in the stream it is, for streams that count.</param>
/// <param name="Bad">What the error policy is to judge.</param>
/// <param name="Fault">Why the source cannot go on.</param>
internal readonly record struct LiveItem(
    SocialPost? Post = null,
    string Key = "",
    long Cursor = 0,
    BadRecord? Bad = null,
    Exception? Fault = null);
