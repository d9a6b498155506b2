using System.Text;

namespace StreamKit.Files.Reading;

/// <summary>A record is a row of RFC 4180: it ends with a line feed that does not stand in quotes.</summary>
/// <remarks>
/// As for CsvHelper, a quote means something only at the start of a field; elsewhere it is an error of that row.
/// </remarks>
internal sealed class CsvFraming(string delimiter) : Framing
{
    private readonly byte[] _delimiter = Encoding.UTF8.GetBytes(delimiter);
    private State _state;
    private int _matched; // Bytes of the delimiter, or of the mark at the start of the file, that have been seen.
    private bool _mayBeMark;
    private long _lines;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    public override string? UnfinishedReason => _state == State.Quoted ? "the quote of a field is not closed" : null;

    public override void Reset(bool atFileStart)
    {
        (_state, _matched, _mayBeMark, _lines) = (State.FieldStart, 0, atFileStart, 0);
    }

    public override int Scan(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (_state == State.Quoted)
            {
                int skipped = bytes[i..].IndexOfAny((byte)'"', (byte)'\n');
                if (skipped < 0)
                {
                    return -1;
                }

                i += skipped;
            }

            if (Step(bytes[i]))
            {
                LinesSpanned = _lines;
                return i + 1;
            }
        }

        return -1;
    }

    public override long TrimmedLength(ReadOnlySpan<byte> tail, long length) => WithoutLineEnd(tail, length);

    /// <summary>Takes one byte; true when it ends the row.</summary>
    private bool Step(byte value)
    {
        _lines += value == (byte)'\n' ? 1 : 0;
        if (_state == State.Quoted)
        {
            _state = value == (byte)'"' ? State.QuoteInQuoted : State.Quoted;
            return false;
        }

        if (value == (byte)'"' && _state != State.Plain)
        {
            // The first byte of a field opens it; right behind a quote, the two stand for one.
            (_state, _mayBeMark) = (State.Quoted, false);
            return false;
        }

        if (value == (byte)'\n')
        {
            return true;
        }

        if (!IsMark(value))
        {
            Delimit(value);
        }

        return false;
    }

    /// <summary>Whether the byte continues a byte order mark, behind which the first field still begins.</summary>
    private bool IsMark(byte value)
    {
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        if (_mayBeMark && _matched < mark.Length && value == mark[_matched])
        {
            _matched++;
            return true;
        }

        _matched = _mayBeMark ? 0 : _matched;
        _mayBeMark = false;
        return false;
    }

    private void Delimit(byte value)
    {
        _state = State.Plain;
        _matched = value == _delimiter[_matched] ? _matched + 1 : value == _delimiter[0] ? 1 : 0;
        if (_matched == _delimiter.Length)
        {
            (_state, _matched) = (State.FieldStart, 0);
        }
    }
}
