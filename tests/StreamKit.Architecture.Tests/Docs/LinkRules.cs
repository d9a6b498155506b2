using System.Text.RegularExpressions;

namespace StreamKit.Architecture.Tests.Docs;

/// <summary>A relative link of a page leads to a file, or to a heading, that is there.</summary>
internal static partial class LinkRules
{
    public static IEnumerable<string> Broken(SourceFile page, Func<string, SourceFile?> find)
    {
        foreach ((int number, string text) in Markdown.Prose(page))
        {
            foreach (Match match in Link().Matches(InlineCode().Replace(text, string.Empty)))
            {
                string target = match.Groups[1].Value;
                if (!IsElsewhere(target) && !Leads(page, target, find))
                {
                    yield return page.Finding(number, $"the link {target} leads nowhere");
                }
            }
        }
    }

    private static bool IsElsewhere(string target) =>
        target.StartsWith("https://", StringComparison.Ordinal)
        || target.StartsWith("http://", StringComparison.Ordinal)
        || target.StartsWith("mailto:", StringComparison.Ordinal);

    private static bool Leads(SourceFile page, string target, Func<string, SourceFile?> find)
    {
        string[] parts = target.Split('#', 2);
        string folder = Path.GetDirectoryName(page.Path) ?? string.Empty;
        SourceFile? file = parts[0].Length == 0 ? page : find(Normal(Path.Combine(folder, parts[0])));
        return file is not null && (parts.Length == 1 || Anchors(file).Contains(parts[1]));
    }

    private static string Normal(string path) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, Repository.Root)).Replace('\\', '/');

    private static IEnumerable<string> Anchors(SourceFile page) =>
        Markdown.Prose(page)
            .Where(line => line.Text.StartsWith('#'))
            .Select(line => line.Text.TrimStart('#').Trim().ToLowerInvariant())
            .Select(heading => NotInAnchor().Replace(heading, string.Empty).Replace(' ', '-'));

    [GeneratedRegex(@"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
