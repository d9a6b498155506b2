using System.Text.RegularExpressions;

namespace StreamKit.Architecture.Tests.Docs;

/// <summary>
/// Pages of one sort are built alike: the same headings in the same order, and a picture to begin with.
/// </summary>
internal static partial class PageRules
{
    public static IEnumerable<string> OtherHeadings(SourceFile page, IReadOnlyList<string> headings)
    {
        string[] found = [.. Markdown.Prose(page)
            .Where(line => line.Text.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line.Text[3..].Trim())];
        return found.SequenceEqual(headings)
            ? []
            : [page.Finding(1, $"the headings {string.Join(", ", found)}, and they are {string.Join(", ", headings)}")];
    }

    /// <summary>The first thing under About is a picture that is there.</summary>
    public static IEnumerable<string> NoPicture(SourceFile page, Func<string, bool> exists)
    {
        string first = Markdown.Prose(page).Select(line => line.Text)
            .SkipWhile(line => line != "## About").Skip(1)
            .FirstOrDefault(line => line.Trim().Length > 0) ?? string.Empty;
        Match picture = Picture().Match(first);
        string name = picture.Groups[1].Value;
        return !picture.Success ? [page.Finding(1, "no picture with a description under About")]
            : !exists(name) ? [page.Finding(1, $"the picture {name} is not there")]
            : [];
    }

    /// <summary>The members of a type that no page names as <c>Type.Member</c>.</summary>
    public static IEnumerable<string> Unnamed(
        string type, IEnumerable<string> members, IReadOnlyList<SourceFile> pages) =>
        members.Distinct()
            .Where(member => !pages.Any(page => Regex.IsMatch(page.Text, $@"\b{type}\.{member}\b")))
            .Select(member => $"no page names {type}.{member}");

    [GeneratedRegex(@"^!\[[^\]]{20,}\]\(\.\./pictures/([\w-]+\.svg)\)$")]
    private static partial Regex Picture();
}
