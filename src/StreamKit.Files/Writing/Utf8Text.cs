using System.Text;

namespace StreamKit.Files.Writing;

/// <summary>Text on its way into bytes.</summary>
internal sealed class Utf8Text : TextWriter
{
    private readonly Encoder _encoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetEncoder();

    /// <summary>Where the bytes go; set before anything is written.</summary>
    public RecordBytes? Target { get; set; }

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Forgets half a character that a failed record has left.</summary>
    public void Reset() => _encoder.Reset();

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        RecordBytes target = Target ?? throw new InvalidOperationException("There is nowhere to write to.");
        Span<byte> room = target.GetSpan(Encoding.GetMaxByteCount(buffer.Length));
        target.Advance(_encoder.GetBytes(buffer, room, flush: false));
    }
}
