using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StreamKit.Architecture.Tests.Docs;

/// <summary>
/// Makes one program of a fence and the preludes it asks for: usings first, then statements, then types. Errors keep
/// the page and the line that they have in the page.
/// </summary>
internal static class FenceCompiler
{
    // The implicit usings of a console project, and the one line that every page may take for granted.
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    public static IEnumerable<string> Errors(Fence fence, Func<string, SourceFile> prelude, bool withStreamKit = true)
    {
        SourceFile[] parts =
        [
            .. fence.Contexts.Select(prelude),
            new SourceFile(fence.Page, new string('\n', fence.Line - 1) + fence.Code),
        ];
        var program = new StringBuilder();
        foreach (string name in withStreamKit ? Usings.Append("StreamKit") : Usings)
        {
            program.AppendLine(CultureInfo.InvariantCulture, $"global using global::{name};");
        }

        Append(program, parts, unit => unit.Usings);
        Append(program, parts, unit => unit.Members.Where(member => member.IsKind(SyntaxKind.GlobalStatement)));
        Append(program, parts, unit => unit.Members.Where(member => !member.IsKind(SyntaxKind.GlobalStatement)));
        return Incomplete(parts[^1]).Concat(Compiler.Errors(program.ToString()));
    }

    private static void Append(
        StringBuilder program, SourceFile[] parts, Func<CompilationUnitSyntax, IEnumerable<SyntaxNode>> select)
    {
        foreach (SourceFile part in parts)
        {
            foreach (SyntaxNode node in select(part.Syntax))
            {
                int line = part.Syntax.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line + 1;
                program.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"#line {line} \"{part.Path}\"")
                    .AppendLine(node.ToFullString());
            }
        }
    }

    // What the parser could not place is in no member, so it would be left out of the program without a word.
    private static IEnumerable<string> Incomplete(SourceFile part) =>
        part.Syntax.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => part.Finding(
                diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1,
                $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));
}
