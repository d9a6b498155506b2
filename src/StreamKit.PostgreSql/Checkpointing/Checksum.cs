using System.Buffers;
using System.IO.Hashing;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>XXH3 over 64 bits, as a column holds it.</summary>
internal static class Checksum
{
    public static long Of(ReadOnlySpan<byte> content) => unchecked((long)XxHash3.HashToUInt64(content));

    public static long Of(ReadOnlySequence<byte> content)
    {
        var hash = new XxHash3();
        foreach (ReadOnlyMemory<byte> piece in content)
        {
            hash.Append(piece.Span);
        }

        return unchecked((long)hash.GetCurrentHashAsUInt64());
    }
}
