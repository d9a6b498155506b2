using StreamKit.Architecture.Tests.Docs;

namespace StreamKit.Architecture.Tests.Tidy;

/// <summary>The form of a page: one title, and the lengths that STYLE 10 sets.</summary>
internal static class MarkdownRules
{
    private const int ReadmeLines = 150;
    private const int DecisionLines = 60;

    public static IEnumerable<string> Titles(SourceFile page)
    {
        int titles = Markdown.Prose(page).Count(line => line.Text.StartsWith("# ", StringComparison.Ordinal));
        return titles == 1 ? [] : [page.Finding(1, $"{titles} titles, and a page has one")];
    }

    public static IEnumerable<string> LongPage(SourceFile page)
    {
        int limit = page.Path == "README.md" ? ReadmeLines
            : page.IsUnder("docs/decisions") ? DecisionLines
            : int.MaxValue;
        return page.Lines.Length <= limit
            ? []
            : [page.Finding(limit + 1, $"{page.Lines.Length} lines, and {limit} is the limit")];
    }
}
