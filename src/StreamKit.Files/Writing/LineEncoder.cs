using System.Text;

namespace StreamKit.Files.Writing;

/// <summary>Writes strings as lines.</summary>
internal sealed class LineEncoder : RecordEncoder<string>
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override void Write(string record, RecordBytes to)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Contains('\n') || record.EndsWith('\r'))
        {
            throw new InvalidDataException(
                "A line cannot hold a line end; write records with line ends as JSON lines.");
        }

        Span<byte> room = to.GetSpan(Strict.GetMaxByteCount(record.Length));
        to.Advance(Strict.GetBytes(record, room));
        to.Add((byte)'\n');
    }
}
