using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StreamKit.Architecture.Tests;

/// <summary>A text file of the repository, or one made up by a test: its path from the root and its content.</summary>
internal sealed class SourceFile(string path, string text)
{
    public string Path { get; } = path;

    public string Text { get; } = text;

    public string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    public CompilationUnitSyntax Syntax => field ??= CSharpSyntaxTree
        .ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview), Path)
        .GetCompilationUnitRoot();

    public bool IsUnder(params string[] folders) =>
        folders.Any(folder => Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>A finding as it is reported: path, line from 1, and what is wrong there.</summary>
    public string Finding(int line, string what) => $"{Path}:{line}: {what}";

    public string Finding(SyntaxNode node, string what) =>
        Finding(node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, what);
}
