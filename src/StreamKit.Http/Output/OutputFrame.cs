using System.Globalization;
using System.Text;

namespace StreamKit.Http.Output;

/// <summary>What is sent at a time, encoded once for all clients of a kind.</summary>
/// <param name="sequence">Its number; that of the last frame before it for what has none of its own.</param>
/// <param name="epoch">What tells numbers of this output from those of another process.</param>
/// <param name="kind">The name of the event; null for records.</param>
/// <param name="data">JSON without a line end.</param>
internal sealed class OutputFrame(long sequence, string epoch, string? kind, byte[] data)
{
    /// <summary>Says nothing, and keeps a connection alive.</summary>
    public static readonly OutputFrame Heartbeat = new(0, string.Empty, "heartbeat", []);

    // Clients of either kind may be the first at the same time: then it is encoded twice, and the same.
    private byte[]? _event;
    private byte[]? _message;

    public long Sequence => sequence;

    /// <summary>How much of it is kept.</summary>
    public int Length => data.Length;

    /// <summary>As a server-sent event.</summary>
    public ReadOnlyMemory<byte> Event => _event ??= this == Heartbeat
        ? ":\n\n"u8.ToArray()
        : Around($"id: {Id}\n{(kind is null ? string.Empty : $"event: {kind}\n")}data: ", "\n\n"u8);

    /// <summary>As a message of a WebSocket.</summary>
    public ReadOnlyMemory<byte> Message => _message ??=
        Around($$"""{"id":"{{Id}}",{{(kind is null ? string.Empty : $"\"event\":\"{kind}\",")}}"data":""", "}"u8);

    private byte[] Around(string begin, ReadOnlySpan<byte> end) => [.. Encoding.ASCII.GetBytes(begin), .. data, .. end];

    private string Id => string.Create(CultureInfo.InvariantCulture, $"{epoch}-{sequence}");
}
