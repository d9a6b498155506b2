namespace StreamKit.Files.Reading;

/// <summary>A record is a line: it ends with a line feed.</summary>
internal sealed class LineFraming : Framing
{
    public override string? UnfinishedReason => null;

    public override void Reset(bool atFileStart)
    {
    }

    public override int Scan(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOf((byte)'\n');
        return at < 0 ? -1 : at + 1;
    }

    public override long TrimmedLength(ReadOnlySpan<byte> tail, long length) => WithoutLineEnd(tail, length);
}
