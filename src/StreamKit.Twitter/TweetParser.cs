using System.Buffers;
using System.Text.Json;
using StreamKit.Twitter.Parsing;

namespace StreamKit.Twitter;

/// <summary>Reads the lines of an X (Twitter) stream or archive: API v2, v1.1 and the flat form of recorded v2 files,
/// each line on its own, with fields in any order.</summary>
/// <remarks>
/// <para>A parser keeps buffers between lines, so it serves one reader at a time: give each thread its own.</para>
/// <para>Of a repeated key the last value counts. Null is the same as absent. What is not needed is passed over,
/// checked as JSON and no further.</para>
/// </remarks>
/// <example><code>
/// var parser = new TweetParser();
/// if (parser.Parse(line) is TweetMessage { Tweets: var tweets })
/// {
///     tags.AddRange(tweets.SelectMany(tweet => tweet.Hashtags));
/// }
/// </code></example>
public sealed class TweetParser
{
    private readonly LineReader _reader = new();

    /// <summary>Reads one line, with or without its line end.</summary>
    /// <exception cref="TweetFormatException">The line is broken; no other exception comes of any input.</exception>
    public StreamMessage Parse(ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return KeepAliveMessage.Instance;
        }

        try
        {
            return _reader.Read(line);
        }
        catch (JsonException exception)
        {
            throw new TweetFormatException(ReasonOf(exception), PositionOf(exception, line), exception);
        }
    }

    /// <summary>Reads one line that may lie in several pieces; such a line is first copied into one.</summary>
    /// <exception cref="TweetFormatException">The line is broken; no other exception comes of any input.</exception>
    public StreamMessage Parse(in ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment)
        {
            return Parse(line.FirstSpan);
        }

        // Lines that lie across two blocks are few, and reading from one piece is faster and simpler.
        int length = checked((int)line.Length);
        byte[] joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            line.CopyTo(joined);
            return Parse(joined.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    // The reader appends the position to its message; it is given in BytePosition.
    private static string ReasonOf(JsonException exception)
    {
        int end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    // The reader counts lines, and a message spread over several lines is still one message to the caller.
    private static long PositionOf(JsonException exception, ReadOnlySpan<byte> line)
    {
        int start = 0;
        for (long breaks = exception.LineNumber ?? 0; breaks > 0; breaks--)
        {
            start += line[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (exception.BytePositionInLine ?? 0);
    }
}
