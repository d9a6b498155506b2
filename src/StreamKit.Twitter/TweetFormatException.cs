namespace StreamKit.Twitter;

/// <summary>A line is not what it should be: broken or cut JSON, text that is not valid Unicode, or a known field that
/// holds the wrong kind of value.</summary>
/// <remarks>The message never quotes the line, so it may be logged.</remarks>
public sealed class TweetFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    public TweetFormatException(string reason, long bytePosition, Exception? inner = null)
        : base($"Byte {bytePosition} of the line: {reason}", inner)
    {
        Reason = reason;
        BytePosition = bytePosition;
    }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }

    /// <summary>Where it is wrong, counted in bytes from 0 at the start of the line.</summary>
    public long BytePosition { get; }
}
