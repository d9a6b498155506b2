using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StreamKit.Architecture.Tests.Tidy;

/// <summary>
/// Finds what silences the compiler or an analyzer: pragmas, attributes, and rules switched off by a project.
/// </summary>
internal static class SuppressionRules
{
    public static IEnumerable<string> InCode(SourceFile file) =>
        Silencers(file).Select(found => file.Finding(found, "silenced"));

    /// <summary>A suppression says on its own line why it is right.</summary>
    public static IEnumerable<string> WithoutReason(SourceFile file) =>
        Silencers(file)
            .Where(found => !HasReason(found))
            .Select(found => file.Finding(found, "silenced without a reason"));

    public static IEnumerable<string> InProject(SourceFile file) =>
        from element in XDocument.Parse(file.Text).Descendants()
        where element.Name.LocalName is "NoWarn" or "WarningsNotAsErrors"
        from rule in element.Value.Split([';', ','], StringSplitOptions.TrimEntries)
        where rule.Length > 0 && !rule.StartsWith('$')
        select $"{file.Path}: {rule} is switched off";

    private static IEnumerable<SyntaxNode> Silencers(SourceFile file) =>
        file.Syntax.DescendantNodes(descendIntoTrivia: true).Where(node => node switch
        {
            PragmaWarningDirectiveTriviaSyntax pragma =>
                pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword),
            NullableDirectiveTriviaSyntax nullable => nullable.SettingToken.IsKind(SyntaxKind.DisableKeyword),
            AttributeSyntax attribute =>
                attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal),
            _ => false,
        });

    private static bool HasReason(SyntaxNode found) => found is AttributeSyntax attribute
        ? attribute.ArgumentList?.Arguments.Any(IsJustification) == true
        : found.ToFullString().Contains("//", StringComparison.Ordinal);

    private static bool IsJustification(AttributeArgumentSyntax argument) =>
        argument.NameEquals?.Name.Identifier.ValueText == "Justification";
}
