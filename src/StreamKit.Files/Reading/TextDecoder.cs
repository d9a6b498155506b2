using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace StreamKit.Files.Reading;

/// <summary>
/// Makes records of UTF-8 text: takes the byte order mark away, passes over empty lines, refuses other encodings.
/// </summary>
internal abstract class TextDecoder<T>(bool skipEmptyLines) : RecordDecoder<T>
{
    public sealed override bool TryDecode(
        ReadOnlySpan<byte> bytes, bool atFileStart, [MaybeNullWhen(false)] out T record)
    {
        bytes = WithoutMark(bytes, atFileStart);
        if (bytes.IsEmpty && skipEmptyLines)
        {
            record = default;
            return false;
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new InvalidDataException("it is not valid UTF-8, the only encoding that is read");
        }

        return TryDecodeText(bytes, out record);
    }

    public sealed override void LearnHeader(ReadOnlySpan<byte> bytes, bool atFileStart)
    {
        bytes = WithoutMark(bytes, atFileStart);
        if (!(bytes.IsEmpty && skipEmptyLines) && Utf8.IsValid(bytes))
        {
            LearnHeaderText(bytes);
        }
    }

    /// <summary>Takes notice of the header.</summary>
    protected virtual void LearnHeaderText(ReadOnlySpan<byte> line)
    {
    }

    /// <summary>Makes a record of a line, or throws.</summary>
    protected abstract bool TryDecodeText(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out T record);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes, bool atFileStart) =>
        atFileStart && bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
}
