using System.Globalization;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>Instants as the vectors write them: a number, MIN, MAX, or a distance from one of the two ends.</summary>
internal static class Ticks
{
    /// <summary>The pattern of an instant within a token.</summary>
    public const string Pattern = @"(?:-?\d+|MIN(?:\+\d+)?|MAX(?:-\d+)?)";

    // Nearer to an end than this an instant is written as a distance from it.
    private const long NearAnEnd = 1_000_000;

    public static long Parse(string text) => text switch
    {
        "MIN" => long.MinValue,
        "MAX" => long.MaxValue,
        _ when text.StartsWith("MIN+", StringComparison.Ordinal) => long.MinValue + Number(text[4..]),
        _ when text.StartsWith("MAX-", StringComparison.Ordinal) => long.MaxValue - Number(text[4..]),
        _ => Number(text),
    };

    public static string Write(long ticks) => ticks switch
    {
        long.MinValue => "MIN",
        long.MaxValue => "MAX",
        < long.MinValue + NearAnEnd => string.Create(CultureInfo.InvariantCulture, $"MIN+{ticks - long.MinValue}"),
        > long.MaxValue - NearAnEnd => string.Create(CultureInfo.InvariantCulture, $"MAX-{long.MaxValue - ticks}"),
        _ => ticks.ToString(CultureInfo.InvariantCulture),
    };

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException($"'{text}' is not an instant: write a number, MIN, MIN+n, MAX or MAX-n.");
}
