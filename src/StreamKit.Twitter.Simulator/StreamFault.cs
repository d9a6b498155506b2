using System.Text;
using StreamKit.Twitter.Simulator.Serving;

namespace StreamKit.Twitter.Simulator;

/// <summary>Something that goes wrong in streams that are open.</summary>
public sealed class StreamFault
{
    // The beginning of a post, as a break leaves it.
    private const string HalfPost = """{"data":{"id":"17","text":"a post that is cut o""";

    private StreamFault(string text, StreamEnding ending) => (Bytes, Ending) = (Encoding.UTF8.GetBytes(text), ending);

    /// <summary>The stream ends without a word.</summary>
    public static StreamFault End { get; } = new(string.Empty, StreamEnding.End);

    /// <summary>The connection is reset; what was under way is lost.</summary>
    public static StreamFault Reset { get; } = new(string.Empty, StreamEnding.Reset);

    /// <summary>The connection stays open and nothing comes any more, not even a keep-alive.</summary>
    public static StreamFault Stall { get; } = new(string.Empty, StreamEnding.Stall);

    /// <summary>Half a post, then the stream ends.</summary>
    public static StreamFault CutLineAndEnd { get; } = new(HalfPost, StreamEnding.End);

    /// <summary>Half a post, then the connection is reset.</summary>
    public static StreamFault CutLineAndReset { get; } = new(HalfPost, StreamEnding.Reset);

    /// <summary>Half a post and a line end, and the stream goes on.</summary>
    public static StreamFault BrokenLine { get; } = new(HalfPost + "\r\n", StreamEnding.None);

    internal byte[] Bytes { get; }

    internal StreamEnding Ending { get; }

    /// <summary>The service says that it ends the stream, and ends it.</summary>
    /// <param name="disconnectType">The word for it, such as UpstreamOperationalDisconnect.</param>
    /// <param name="title">The kind of problem; its address ends in it.</param>
    public static StreamFault Disconnect(
        string disconnectType = "UpstreamOperationalDisconnect",
        string title = "operational-disconnect") =>
        new(ProblemJson.InList(title, "This stream has been disconnected.", disconnectType), StreamEnding.End);

    /// <summary>An error object comes, and the stream goes on.</summary>
    /// <param name="title">The kind of problem; its address ends in it.</param>
    /// <param name="detail">The sentence.</param>
    public static StreamFault Problem(string title, string detail) =>
        new(ProblemJson.InList(title, detail, disconnectType: null), StreamEnding.None);

    /// <summary>Any line comes, and the stream goes on.</summary>
    /// <param name="line">The line, without its end.</param>
    public static StreamFault Line(string line) => new(line + "\r\n", StreamEnding.None);
}
