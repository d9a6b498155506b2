using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Files.Tests;

/// <summary>Generates what files may hold.</summary>
public static class Arbitraries
{
    private static readonly string[] Awkward =
    [
        "", " ", "\"", "\"\"", ",", ";", ";;", "\n", "\r\n", "\r", "\t", "\0", "\uFEFF", "ü", "\U0001F600",
        "null", "{", "#",
    ];

    private static readonly Gen<string> Text =
        from parts in Gen.ListOf(
            Gen.OneOf(Gen.Elements(Awkward), ArbMap.Default.GeneratorFor<string?>().Select(s => s ?? "")))
        select Valid(string.Concat(parts));

    private static readonly Gen<Row> Row =
        from id in ArbMap.Default.GeneratorFor<int>()
        from text in Text
        from value in ArbMap.Default.GeneratorFor<NormalFloat>()
        from maybe in ArbMap.Default.GeneratorFor<long?>()
        from flag in ArbMap.Default.GeneratorFor<bool>()
        select new Row(id, text, value.Get, maybe, flag);

    /// <summary>Any rows.</summary>
    public static Arbitrary<Row[]> Rows => Row.ArrayOf().ToArbitrary();

    /// <summary>Texts that are one line.</summary>
    public static Arbitrary<string[]> Lines => Text
        .Select(t => t.Replace("\n", "", StringComparison.Ordinal).TrimStart('\uFEFF').TrimEnd('\r'))
        .Where(t => !t.EndsWith('\r'))
        .ArrayOf()
        .ToArbitrary();

    /// <summary>Bytes among which line ends, quotes, braces and MessagePack codes are frequent.</summary>
    public static Arbitrary<byte[]> Soup => Gen.OneOf(
            ArbMap.Default.GeneratorFor<byte>(),
            Gen.Elements("\n\r\",;{}[]0129 ntf:"u8.ToArray()),
            Gen.Elements<byte>(0x92, 0x95, 0xc0, 0xc1, 0xd9, 0xdc, 0x81, 0xc4, 0xdd, 0xc9, 0x01))
        .ArrayOf()
        .ToArbitrary();

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
