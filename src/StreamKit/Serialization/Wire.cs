using System.Buffers;

namespace StreamKit.Serialization;

/// <summary>The bytes with which MessagePack says what follows.</summary>
/// <remarks>After the MessagePack specification, github.com/msgpack/msgpack/blob/master/spec.md.</remarks>
internal static class Wire
{
    public const byte LargestFixedNumber = 0x7F;
    public const byte FixedText = 0xA0;
    public const byte LongestFixedText = 31;
    public const byte Null = 0xC0;
    public const byte False = 0xC2;
    public const byte True = 0xC3;
    public const byte Binary8 = 0xC4;
    public const byte Binary16 = 0xC5;
    public const byte Binary32 = 0xC6;
    public const byte Float32 = 0xCA;
    public const byte Float64 = 0xCB;
    public const byte UInt8 = 0xCC;
    public const byte UInt16 = 0xCD;
    public const byte UInt32 = 0xCE;
    public const byte UInt64 = 0xCF;
    public const byte Int8 = 0xD0;
    public const byte Int16 = 0xD1;
    public const byte Int32 = 0xD2;
    public const byte Int64 = 0xD3;
    public const byte Text8 = 0xD9;
    public const byte Text16 = 0xDA;
    public const byte Text32 = 0xDB;
    public const byte SmallestFixedNegative = 0xE0;

    private static readonly SearchValues<char> Surrogates =
        SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(static unit => (char)unit)]);

    /// <summary>Whether surrogates come in pairs only.</summary>
    public static bool IsUtf16(ReadOnlySpan<char> text)
    {
        for (int at = text.IndexOfAny(Surrogates); at >= 0;)
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return false;
            }

            text = text[(at + 2)..];
            at = text.IndexOfAny(Surrogates);
        }

        return true;
    }

    public static StateException TooDeep() => new(
        $"Values of the state lie in each other more than {StateWriter.MaxDepth} deep: a serializer that calls itself "
        + "for each part of a long chain writes the parts as a list instead.");
}
