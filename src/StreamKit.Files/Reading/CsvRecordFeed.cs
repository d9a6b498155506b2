using System.Text;

namespace StreamKit.Files.Reading;

/// <summary>
/// The text of one row at a time, for a parser that believes it reads a file; between two rows it seems to end.
/// </summary>
internal sealed class CsvRecordFeed : TextReader
{
    private char[] _chars = new char[256];
    private int _at;

    /// <summary>The length of the row, with its line end.</summary>
    public int Length { get; private set; }

    public void Set(ReadOnlySpan<byte> row)
    {
        int most = Encoding.UTF8.GetMaxCharCount(row.Length) + 1;
        if (_chars.Length < most)
        {
            _chars = new char[most];
        }

        Length = Encoding.UTF8.GetChars(row, _chars);
        _chars[Length++] = '\n';
        _at = 0;
    }

    public override int Peek() => _at < Length ? _chars[_at] : -1;

    public override int Read() => _at < Length ? _chars[_at++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        int count = Math.Min(buffer.Length, Length - _at);
        _chars.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
