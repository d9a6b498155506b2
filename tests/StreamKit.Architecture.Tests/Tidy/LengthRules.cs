using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StreamKit.Architecture.Tests.Tidy;

/// <summary>
/// The hard limits of STYLE 3. A limit is a question ("is this two concepts?"), never a reason to split one.
/// </summary>
internal static class LengthRules
{
    public const int FileLines = 400;
    public const int TestFileLines = 600;
    public const int MethodLines = 70;
    public const int Columns = 120;

    public static IEnumerable<string> LongFile(SourceFile file)
    {
        int limit = file.IsUnder("tests") ? TestFileLines : FileLines;
        if (file.Lines.Length > limit)
        {
            yield return file.Finding(limit + 1, $"{file.Lines.Length} lines, and {limit} is the limit");
        }
    }

    public static IEnumerable<string> LongMethods(SourceFile file) =>
        from node in file.Syntax.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            or AnonymousFunctionExpressionSyntax
        let lines = LinesOf(node)
        where lines > MethodLines
        select file.Finding(node, $"a method of {lines} lines, and {MethodLines} is the limit");

    public static IEnumerable<string> WideLines(SourceFile file) =>
        from line in file.Lines.Index()
        let columns = line.Item.EnumerateRunes().Count()
        where columns > Columns
        select file.Finding(line.Index + 1, $"{columns} columns, and {Columns} is the limit");

    private static int LinesOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
