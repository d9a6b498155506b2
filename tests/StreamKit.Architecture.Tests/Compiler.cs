using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace StreamKit.Architecture.Tests;

/// <summary>
/// Compiles small programs against everything these tests can load, the packages of <c>src</c> included.
/// </summary>
internal static class Compiler
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !path.EndsWith("StreamKit.Architecture.Tests.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The errors of a program, each with the line that a <c>#line</c> in the text gives it.</summary>
    public static IEnumerable<string> Errors(string source) =>
        Compile([source]).GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(Describe);

    /// <summary>The assembly that the sources make; sources that do not compile fail the test that asked.</summary>
    public static AssemblyDefinition Assemble(params string[] sources)
    {
        var image = new MemoryStream();
        var result = Compile(sources).Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return AssemblyDefinition.ReadAssembly(image);
    }

    private static CSharpCompilation Compile(string[] sources)
    {
        SyntaxTree[] trees = [.. sources.Select(source => CSharpSyntaxTree.ParseText(source, Parsing))];
        bool isProgram = trees.Any(tree => tree.GetCompilationUnitRoot().Members
            .Any(member => member.IsKind(SyntaxKind.GlobalStatement)));
        var options = new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true);
        return CSharpCompilation.Create("Scratch", trees, References, options);
    }

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan at = diagnostic.Location.GetMappedLineSpan();
        string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return $"{at.Path}:{at.StartLinePosition.Line + 1}: {diagnostic.Id}: {message}";
    }
}
