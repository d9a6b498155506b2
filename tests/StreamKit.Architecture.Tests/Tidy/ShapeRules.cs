using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StreamKit.Architecture.Tests.Tidy;

/// <summary>What a file holds, and where files may lie.</summary>
internal static class ShapeRules
{
    // Fixed by STYLE 1, then what a tool insists on finding at the root.
    private static readonly HashSet<string> TopLevel =
    [
        "src", "tests", "benchmarks", "docs", "samples", "StreamKit.sln", "nuget.config", "README.md",
        ".ci", ".editorconfig", ".gitignore", "Directory.Build.props", "Directory.Packages.props", "global.json",
        "LICENSE",
    ];

    // Each of these names means that a concept lacks its own.
    private static readonly HashSet<string> NamelessFolders = new(
        ["Util", "Utils", "Utilities", "Common", "Helper", "Helpers", "Manager", "Managers", "Impl"],
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> SeveralTypes(SourceFile file)
    {
        IEnumerable<string> names = file.Syntax
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Select(node => node is BaseTypeDeclarationSyntax type
                ? type.Identifier.ValueText
                : ((DelegateDeclarationSyntax)node).Identifier.ValueText);
        string[] all = [.. names];
        if (all.Length > 1)
        {
            yield return file.Finding(1, $"{all.Length} types in one file: {string.Join(", ", all)}");
        }
    }

    public static IEnumerable<string> Regions(SourceFile file) =>
        file.Syntax.DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
            .Select(trivia => file.Finding(trivia.GetStructure()!, "a region: a file that needs one is two files"));

    public static IEnumerable<string> NamelessFolder(string path) => path.Split('/')[..^1]
        .Where(NamelessFolders.Contains)
        .Select(folder => $"{path}: the folder name {folder} says nothing about what is in it");

    public static IEnumerable<string> StrayAtTheTop(string path) =>
        TopLevel.Contains(path.Split('/')[0]) ? [] : [$"{path}: the top level is fixed"];
}
