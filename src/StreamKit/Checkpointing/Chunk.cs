using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>A piece of what is too long for one array.</summary>
internal sealed class Chunk : ReadOnlySequenceSegment<byte>
{
    private Chunk(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

    public static ReadOnlySequence<byte> Join(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        if (pieces.Count <= 1)
        {
            return new ReadOnlySequence<byte>(pieces.Count == 0 ? ReadOnlyMemory<byte>.Empty : pieces[0]);
        }

        var first = new Chunk(pieces[0], 0);
        Chunk last = first;
        foreach (ReadOnlyMemory<byte> piece in pieces.Skip(1))
        {
            var next = new Chunk(piece, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
