using System.Text.RegularExpressions;
using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>A window as the vectors write it: [start,end).</summary>
internal readonly partial record struct Span(long Start, long End)
{
    /// <summary>The pattern of a window within a token.</summary>
    public const string Pattern = @"\[" + Ticks.Pattern + "," + Ticks.Pattern + @"\)";

    public static Span Of(Window window) => new(window.StartTime.Ticks, window.EndTime.Ticks);

    /// <summary>The windows of a text, in their order.</summary>
    public static IReadOnlyList<Span> ParseAll(string text)
    {
        MatchCollection found = OneSpan().Matches(text);
        if (string.Concat(found.Select(static match => match.Value)) != text.Replace(" ", "", StringComparison.Ordinal))
        {
            throw new FormatException($"'{text}' is not a list of windows such as '[0,10) [4,14)'.");
        }

        return [.. found.Select(static m => new Span(Ticks.Parse(m.Groups[1].Value), Ticks.Parse(m.Groups[2].Value)))];
    }

    public override string ToString() => $"[{Ticks.Write(Start)},{Ticks.Write(End)})";

    [GeneratedRegex(@"\[(" + Ticks.Pattern + "),(" + Ticks.Pattern + @")\)", RegexOptions.CultureInvariant)]
    private static partial Regex OneSpan();
}
