using System.Text.RegularExpressions;

namespace StreamKit.Architecture.Tests.Docs;

/// <summary>Takes a page apart into its fenced blocks and the lines between them.</summary>
internal static partial class Markdown
{
    private const string FenceMark = "```";

    public static IEnumerable<Fence> Fences(SourceFile page)
    {
        string? language = null;
        var code = new List<string>();
        int first = 0;
        for (int i = 0; i < page.Lines.Length; i++)
        {
            string line = page.Lines[i];
            bool isMark = line.TrimStart().StartsWith(FenceMark, StringComparison.Ordinal);
            if (language is null && isMark)
            {
                (language, first) = (line.Trim()[FenceMark.Length..].Trim(), i + 2);
            }
            else if (language is not null && isMark)
            {
                yield return new Fence(page.Path, first, language, Contexts(page, first - 2), string.Join('\n', code));
                language = null;
                code.Clear();
            }
            else if (language is not null)
            {
                code.Add(line);
            }
        }

        if (language is not null)
        {
            throw new InvalidDataException(page.Finding(first - 1, "a fence that is never closed"));
        }
    }

    /// <summary>The lines outside fences, numbered from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Prose(SourceFile page)
    {
        bool inside = false;
        for (int i = 0; i < page.Lines.Length; i++)
        {
            bool isMark = page.Lines[i].TrimStart().StartsWith(FenceMark, StringComparison.Ordinal);
            if (!inside && !isMark)
            {
                yield return (i + 1, page.Lines[i]);
            }

            inside ^= isMark;
        }
    }

    private static string[] Contexts(SourceFile page, int above)
    {
        Match comment = above > 0 ? Context().Match(page.Lines[above - 1]) : Match.Empty;
        return comment.Success
            ? comment.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
    }

    [GeneratedRegex(@"^\s*<!--\s*context:\s*(.*?)\s*-->\s*$")]
    private static partial Regex Context();
}
