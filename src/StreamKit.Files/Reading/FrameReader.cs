using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;

namespace StreamKit.Files.Reading;

/// <summary>Divides the bytes of one file into the bytes of its records, each with its position.</summary>
internal sealed class FrameReader : IDisposable
{
    /// <summary>How much of a record that is too long is kept for the error policy.</summary>
    public const int KeptBytes = 1024;

    private readonly FileInput _input;
    private readonly Framing _framing;
    private readonly int _maxBytes;
    private readonly byte[] _tail = new byte[2];
    private byte[] _scratch = [];
    private byte[] _kept = [];          // The beginning of a record that is being skipped.
    private ReadOnlySequence<byte> _unread;
    private ReadOnlyMemory<byte> _front; // The first segment of _unread, in which most records lie as a whole.
    private int _taken;                 // Bytes at its start that were delivered since _unread was cut last.
    private bool _holds;                // Whether _unread is the pipe's, to be given back.
    private long _scanned;              // Bytes at the start of _unread that belong to the record, as far as seen.
    private long _dropped;              // Bytes of the record that were given back before, because it is too long.
    private int _foundAt = -1;          // Where the record ends that TryReadFront found but did not deliver.
    private bool _faultTold;
    private bool _isLost;               // Whether nothing further down can be found.

    public FrameReader(FileInput input, Framing framing, int maxBytes, FilePosition start)
    {
        (_input, _framing, _maxBytes) = (input, framing, maxBytes);
        (Offset, Line) = (start.Offset, start.Line);
        _framing.Reset(atFileStart: Offset == 0);
    }

    /// <summary>Where the next record begins.</summary>
    public long Offset { get; private set; }

    /// <summary>The line in which the next record begins.</summary>
    public long Line { get; private set; }

    /// <summary>Where the record found last begins.</summary>
    public FilePosition Start { get; private set; }

    /// <summary>What is wrong with the bytes found last.</summary>
    public string? Problem { get; private set; }

    /// <summary>What caused <see cref="Problem"/>, where there is more to say.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>Whether the record found last is not closed by a line end, so that some of it may be missing.</summary>
    public bool IsUnfinished { get; private set; }

    public FileEnding Ending => _input.Ending;

    private bool IsEnded { get; set; }

    /// <summary>Finds the next record in the bytes that are here.</summary>
    /// <param name="bytes">Its bytes, valid until the next call.</param>
    public FrameStatus TryRead(out ReadOnlySpan<byte> bytes)
    {
        if (_holds)
        {
            if (_scanned == 0 && _dropped == 0 && !_isLost && TryReadFront(out bytes))
            {
                return FrameStatus.Record;
            }

            CutTaken();
            if (FindEnd(out long length))
            {
                return Finish(length, out bytes);
            }

            if (_framing.IsLost && !_isLost)
            {
                return Lose(out bytes);
            }

            if (IsEnded)
            {
                return FinishFile(out bytes);
            }

            if (_isLost || _scanned > _maxBytes + 2L)
            {
                Drop();
            }
        }

        bytes = default;
        return FrameStatus.NeedMore;
    }

    /// <summary>Waits for further bytes or the end of the file.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_holds)
        {
            CutTaken();
            _input.Pipe.AdvanceTo(_unread.Start, _unread.End);
            Hold(default);
            _holds = false;
        }

        ReadResult result = await _input.Pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        Hold(result.Buffer);
        (_holds, IsEnded) = (true, result.IsCompleted);
    }

    public void Dispose()
    {
        Hold(default);
        _holds = false;
        _input.Dispose();
    }

    /// <summary>
    /// Finds a record that lies in the first segment; cutting a sequence for each record would cost more.
    /// </summary>
    private bool TryReadFront(out ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> front = _front.Span[_taken..];
        int used = _framing.Scan(front);
        if (used >= 0)
        {
            ReadOnlySpan<byte> record = front[..used];
            int payload = (int)_framing.TrimmedLength(record[^Math.Min(2, used)..], used);
            if (payload <= _maxBytes)
            {
                bytes = record[..payload];
                (Problem, Cause, IsUnfinished) = (null, null, false);
                _taken += used;
                Step(used, _framing.LinesSpanned);
                return true;
            }
        }

        // The divider has seen these bytes and is not shown them again.
        _scanned = used >= 0 ? 0 : front.Length;
        _foundAt = used;
        bytes = default;
        return false;
    }

    private void Hold(ReadOnlySequence<byte> unread) => (_unread, _front, _taken) = (unread, unread.First, 0);

    private void CutTaken()
    {
        if (_taken > 0)
        {
            Hold(_unread.Slice(_taken));
        }
    }

    private bool FindEnd(out long length)
    {
        if (_foundAt >= 0)
        {
            (length, _foundAt) = (_foundAt, -1);
            return true;
        }

        ReadOnlySequence<byte> rest = _unread.Slice(_scanned);
        foreach (ReadOnlyMemory<byte> segment in rest)
        {
            int used = _framing.IsLost ? -1 : _framing.Scan(segment.Span);
            if (used >= 0)
            {
                length = _scanned + used;
                return true;
            }

            _scanned += segment.Length;
        }

        length = 0;
        return false;
    }

    private FrameStatus Finish(long length, out ReadOnlySpan<byte> bytes)
    {
        ReadOnlySequence<byte> record = _unread.Slice(0, length);
        long all = _dropped + length;
        long payload = _framing.TrimmedLength(TailOf(record), all);
        (Problem, Cause, IsUnfinished) = (null, null, false);
        if (payload > _maxBytes)
        {
            Problem = $"it has {payload} bytes, more than the {_maxBytes} that MaxLineBytes allows";
            bytes = Begin(record);
        }
        else
        {
            Debug.Assert(_dropped == 0, "only records that are too long are dropped before their end");
            bytes = Contiguous(record.Slice(0, payload));
        }

        Consume(length, _framing.LinesSpanned);
        return Problem is null ? FrameStatus.Record : FrameStatus.Bad;
    }

    /// <summary>
    /// Gives up the rest of the file. The position stays: nobody could read on from one further down.
    /// </summary>
    private FrameStatus Lose(out ReadOnlySpan<byte> bytes)
    {
        _isLost = true;
        Start = new FilePosition(Offset, Line);
        Problem =
            "it is no MessagePack; where the next object begins cannot be known, so the rest of the file is not read";
        (Cause, IsUnfinished) = (null, false);
        bytes = Begin(_unread);
        return FrameStatus.Bad;
    }

    /// <summary>Judges what stands behind the last complete record.</summary>
    private FrameStatus FinishFile(out ReadOnlySpan<byte> bytes)
    {
        long all = _dropped + _unread.Length;
        bytes = default;
        if (_isLost || (all == 0 && (_input.Fault is null || _faultTold)))
        {
            return FrameStatus.End;
        }

        ReadOnlySequence<byte> record = _unread;
        long payload = _framing.TrimmedLength(TailOf(record), all);
        Cause = _input.Fault;
        IsUnfinished = true;
        Problem = DescribeEnd(payload);
        bytes = Problem is null ? Contiguous(record.Slice(0, payload)) : Begin(record);
        _faultTold = true;
        Consume(_unread.Length, all == 0 ? 0 : 1);
        return Problem is null ? FrameStatus.Record : FrameStatus.Bad;
    }

    private string? DescribeEnd(long payload) =>
        _input.Fault is { } fault ? fault.Message + "; what stands behind this place is lost"
        : payload > _maxBytes ? $"it has {payload} bytes, more than the {_maxBytes} that MaxLineBytes allows"
        : _input.Ending == FileEnding.Truncated ? "the file was truncated before the record was complete"
        : _framing.UnfinishedReason;

    /// <summary>Gives back the beginning of a record that is too long, so that it takes no memory.</summary>
    private void Drop()
    {
        if (_dropped == 0)
        {
            _kept = _unread.Slice(0, Math.Min(KeptBytes, _unread.Length)).ToArray();
        }

        _dropped += _scanned;
        Hold(_unread.Slice(_scanned));
        _scanned = 0;
    }

    private void Consume(long length, long lines)
    {
        Hold(_unread.Slice(length));
        Step(_dropped + length, lines);
        (_scanned, _dropped) = (0, 0);
    }

    private void Step(long length, long lines)
    {
        Start = new FilePosition(Offset, Line);
        Offset += length;
        Line += lines;
        _framing.Reset(atFileStart: false);
    }

    private ReadOnlySpan<byte> Begin(ReadOnlySequence<byte> record) =>
        _dropped > 0 ? _kept : Contiguous(record.Slice(0, Math.Min(KeptBytes, record.Length)));

    private ReadOnlySpan<byte> TailOf(ReadOnlySequence<byte> record)
    {
        int count = (int)Math.Min(2, record.Length);
        record.Slice(record.Length - count).CopyTo(_tail);
        return _tail.AsSpan(0, count);
    }

    private ReadOnlySpan<byte> Contiguous(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            return bytes.FirstSpan;
        }

        if (_scratch.Length < bytes.Length)
        {
            _scratch = new byte[Math.Max(bytes.Length, 2L * _scratch.Length)];
        }

        bytes.CopyTo(_scratch);
        return _scratch.AsSpan(0, (int)bytes.Length);
    }
}
