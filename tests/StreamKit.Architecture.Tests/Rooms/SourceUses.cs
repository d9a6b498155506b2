using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StreamKit.Architecture.Tests.Rooms;

/// <summary>
/// Lists the namespaces of the core that a source names in code, in <c>using</c> lines or in full: the compiler copies
/// constants and <c>nameof</c> into their users, so that the assembly no longer shows where they came from.
/// </summary>
internal static class SourceUses
{
    public static IEnumerable<TypeUse> Read(SourceFile file)
    {
        string user = Declared(file) ?? string.Empty;
        return file.Syntax.DescendantNodes()
            .Where(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax)
            .Where(node => node.Parent is not BaseNamespaceDeclarationSyntax)
            .Select(node => node.ToString().Replace("global::", string.Empty, StringComparison.Ordinal).Split('.'))
            .Where(parts => parts is ["StreamKit", _, ..])
            .Select(parts => $"StreamKit.{parts[1]}")
            .Distinct()
            .Select(used => new TypeUse(user, file.Path, used, used, Member: null));
    }

    private static string? Declared(SourceFile file) =>
        file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString();
}
