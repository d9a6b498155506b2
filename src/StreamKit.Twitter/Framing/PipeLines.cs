using System.Buffers;
using System.IO.Pipelines;

namespace StreamKit.Twitter.Framing;

/// <summary>Splits what comes out of a pipe into lines that end in LF or CRLF; the last one needs no end.</summary>
/// <remarks>
/// Call <see cref="TryTake"/> until it gives nothing more, then <see cref="FillAsync"/>. A line that is too long is let
/// go while it comes in, so memory is bounded by the limit and not by the input.
/// </remarks>
internal sealed class PipeLines : IAsyncDisposable
{
    // Enough to see what kind of thing an unreadable line is.
    internal const int KeptBytes = 1024;

    private readonly PipeReader _input;
    private readonly int _maxLineBytes;
    private readonly byte[] _beginning = new byte[KeptBytes];
    private int _beginningCount;

    // What the pipe gave and nobody has taken: it starts with the unfinished line, less the bytes that were let go.
    private ReadOnlySequence<byte> _rest;
    private bool _holdsRest;
    private long _withoutLineEnd;
    private long _letGo;
    private bool _letGoEndsInReturn;
    private bool _ended;

    internal PipeLines(PipeReader input, int maxLineBytes, LinePosition start)
    {
        _input = input;
        _maxLineBytes = maxLineBytes;
        Next = start;
    }

    /// <summary>Where the line that comes next begins.</summary>
    internal LinePosition Next { get; private set; }

    /// <summary>The beginning of the line that is unfinished, as it was when more was asked for.</summary>
    internal ReadOnlySpan<byte> Unfinished => _beginning.AsSpan(0, _beginningCount);

    public ValueTask DisposeAsync() => _input.CompleteAsync();

    /// <summary>Takes the next line out of what has been read.</summary>
    internal bool TryTake(out PipeLine line)
    {
        line = default;
        if (!_holdsRest)
        {
            return false;
        }

        if (_rest.Slice(_withoutLineEnd).PositionOf((byte)'\n') is { } lineFeed)
        {
            ReadOnlySequence<byte> content = _rest.Slice(0, lineFeed);
            line = Take(content, content.Length + 1);
            return true;
        }

        _withoutLineEnd = _rest.Length;
        if (!_ended || _letGo + _rest.Length == 0)
        {
            return false;
        }

        line = Take(_rest, _rest.Length);
        return true;
    }

    /// <summary>Waits for more input; false when there is none.</summary>
    /// <remarks>What <see cref="TryTake"/> gave before is not valid any more.</remarks>
    internal async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        if (_holdsRest)
        {
            Release();
        }

        ReadResult result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
        _rest = result.Buffer;
        _holdsRest = true;
        _ended = result.IsCompleted;
        return !_ended || _letGo + _rest.Length > 0;
    }

    private PipeLine Take(ReadOnlySequence<byte> content, long taken)
    {
        LinePosition start = Next;
        Next = new LinePosition(start.Number + 1, start.Offset + _letGo + taken);

        long length = _letGo + content.Length;
        bool hasLineEnd = taken > content.Length;
        if (content.IsEmpty ? _letGoEndsInReturn : EndsInReturn(content))
        {
            length--;
            content = content.Slice(0, Math.Max(0, content.Length - 1));
        }

        bool isOverLong = length > _maxLineBytes;
        if (isOverLong)
        {
            KeepBeginning(content);
            _beginningCount = (int)Math.Min(_beginningCount, length);
            content = new ReadOnlySequence<byte>(_beginning.AsSpan(0, _beginningCount).ToArray());
        }

        _rest = _rest.Slice(taken);
        _withoutLineEnd = 0;
        _letGo = 0;
        _letGoEndsInReturn = false;
        _beginningCount = 0;
        return new PipeLine
        {
            Start = start,
            Content = content,
            Length = length,
            IsOverLong = isOverLong,
            HasLineEnd = hasLineEnd,
        };
    }

    /// <summary>Gives back to the pipe what was taken, and what can only be part of a line that is too long.</summary>
    private void Release()
    {
        KeepBeginning(_rest);
        SequencePosition end = _rest.End;

        // One byte more than the limit may be the first half of a line end.
        bool isTooLong = _letGo > 0 || _rest.Length > _maxLineBytes + 1L;
        if (isTooLong && !_rest.IsEmpty)
        {
            _letGoEndsInReturn = EndsInReturn(_rest);
            _letGo += _rest.Length;
            _withoutLineEnd = 0;
        }

        _input.AdvanceTo(isTooLong ? end : _rest.Start, end);
        _rest = default;
        _holdsRest = false;
    }

    private void KeepBeginning(ReadOnlySequence<byte> unfinished)
    {
        // Whatever was let go was copied here first, as far as there was room.
        long from = _beginningCount - _letGo;
        int count = (int)Math.Min(KeptBytes - _beginningCount, unfinished.Length - from);
        if (count > 0)
        {
            unfinished.Slice(from, count).CopyTo(_beginning.AsSpan(_beginningCount));
            _beginningCount += count;
        }
    }

    private static bool EndsInReturn(ReadOnlySequence<byte> content) =>
        !content.IsEmpty && content.Slice(content.Length - 1).FirstSpan[0] == (byte)'\r';
}
