using System.Diagnostics.CodeAnalysis;

namespace StreamKit.Files.Reading;

/// <summary>Leaves it to a parser to make records of lines.</summary>
internal sealed class LineDecoder<T>(LineParser<T> parser, bool skipEmptyLines) : TextDecoder<T>(skipEmptyLines)
{
    protected override bool TryDecodeText(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out T record)
    {
        if (!parser(line, out record))
        {
            return false;
        }

        return record is not null
            ? true
            : throw new InvalidDataException("the parser made null of it, which is no record");
    }
}
