namespace StreamKit.Architecture.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, as a path from the root.</param>
/// <param name="Line">The line of the first line of code, from 1.</param>
/// <param name="Language">The word after the backticks, empty where there is none.</param>
/// <param name="Contexts">The preludes that the comment above the block names.</param>
/// <param name="Code">The lines between the backticks.</param>
internal sealed record Fence(string Page, int Line, string Language, IReadOnlyList<string> Contexts, string Code)
{
    public override string ToString() => $"{Page}:{Line}";
}
