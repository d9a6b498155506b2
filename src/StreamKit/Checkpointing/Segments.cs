using System.Buffers;

namespace StreamKit.Checkpointing;

/// <summary>Pieces of memory as one sequence, without copying them.</summary>
internal sealed class Segments
{
    private Segment? _first;
    private Segment? _last;

    public long Length => _last is null ? 0 : _last.RunningIndex + _last.Memory.Length;

    public void Add(ReadOnlyMemory<byte> memory)
    {
        var next = new Segment(memory, Length);
        _first ??= next;
        _last?.Append(next);
        _last = next;
    }

    public ReadOnlySequence<byte> ToSequence() => _first is null
        ? ReadOnlySequence<byte>.Empty
        : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length); // The last, as there is a first.

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public void Append(Segment next) => Next = next;
    }
}
