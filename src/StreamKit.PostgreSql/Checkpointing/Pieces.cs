using System.Buffers;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>A piece of what is too long for one row.</summary>
internal sealed class Pieces : ReadOnlySequenceSegment<byte>
{
    /// <summary>How many bytes a row holds at most.</summary>
    public const int RowBytes = 1 << 20;

    private Pieces(byte[] content, long index) => (Memory, RunningIndex) = (content, index);

    /// <summary>The pieces as one sequence, without copying them.</summary>
    public static ReadOnlySequence<byte> Join(IEnumerable<byte[]> contents)
    {
        Pieces? first = null;
        Pieces? last = null;
        foreach (byte[] content in contents)
        {
            var next = new Pieces(content, last is null ? 0 : last.RunningIndex + last.Memory.Length);
            first ??= next;
            if (last is not null)
            {
                last.Next = next;
            }

            last = next;
        }

        return first is null || last is null
            ? ReadOnlySequence<byte>.Empty
            : new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
