using StreamKit.Architecture.Tests.Tidy;

namespace StreamKit.Architecture.Tests;

/// <summary>The rules of STYLE that a reader of the sources can check, over every file that git tracks.</summary>
public class TidyTests
{
    // A ratchet: the count may only fall, and falls here in the change that removed a suppression.
    private const int SuppressionsInCode = 0;
    private const int SuppressionsInProjects = 0;

    private static readonly string[] Texts =
    [
        ".cs", ".csproj", ".props", ".targets", ".config", ".md", ".json", ".yml", ".yaml", ".xml", ".txt", ".html",
        ".css", ".js", ".sh", ".editorconfig", ".gitignore", string.Empty,
    ];

    [Fact]
    public void NoFileIsLongerThanItsLimit() => AssertEvery(Code, LengthRules.LongFile);

    [Fact]
    public void NoMethodIsLongerThanItsLimit() => AssertEvery(Code, LengthRules.LongMethods);

    [Fact]
    public void NoLineOfCodeIsWiderThanItsLimit() =>
        AssertEvery(Repository.Files(".cs", ".sh", string.Empty), LengthRules.WideLines);

    // A sample reads from top to bottom in one file, and a prelude of the docs is a list of names.
    [Fact]
    public void AFileHoldsOneType() =>
        AssertEvery(Code.Where(file => file.IsUnder("src", "tests", "benchmarks")), ShapeRules.SeveralTypes);

    [Fact]
    public void NoFileHidesCodeInRegions() => AssertEvery(Code, ShapeRules.Regions);

    [Fact]
    public void NoFolderIsADrawerForAnything() => AssertEvery(Repository.TrackedFiles, ShapeRules.NamelessFolder);

    [Fact]
    public void NothingNewLiesAtTheTop() => AssertEvery(Repository.TrackedFiles, ShapeRules.StrayAtTheTop);

    [Fact]
    public void NoWorkIsLeftBehind() => AssertEvery(Repository.Files(Texts), WordRules.LeftoverWork);

    [Fact]
    public void NoPathOfOneMachineIsCommitted() => AssertEvery(Repository.Files(Texts), WordRules.MachinePaths);

    [Fact]
    public void NoRegistryIsNamed() => AssertEvery(Repository.Files(Texts), WordRules.RegistryHosts);

    [Fact]
    public void LinesEndInALineFeedAndIndentWithSpaces() =>
        AssertEvery(Repository.Files(Texts), WordRules.TabsAndCarriageReturns);

    [Fact]
    public void SuppressionsInCodeOnlyBecomeFewer() =>
        AssertCount(SuppressionsInCode, Code.SelectMany(SuppressionRules.InCode));

    [Fact]
    public void SuppressionsInProjectsOnlyBecomeFewer() =>
        AssertCount(SuppressionsInProjects, Repository.Files(".csproj").SelectMany(SuppressionRules.InProject));

    [Fact]
    public void ASuppressionSaysWhyItIsRight() => AssertEvery(Code, SuppressionRules.WithoutReason);

    [Fact]
    public void APageHasOneTitle() => AssertEvery(Repository.Files(".md"), MarkdownRules.Titles);

    [Fact]
    public void NoPageIsLongerThanItsLimit() => AssertEvery(Repository.Files(".md"), MarkdownRules.LongPage);

    [Fact]
    public void EveryProjectIsInTheSolution()
    {
        string solution = File.ReadAllText(Repository.FullPath("StreamKit.sln")).Replace('\\', '/');
        AssertEvery(Projects, path => solution.Contains($"\"{path}\"", StringComparison.Ordinal) ? [] : [path]);
    }

    [Fact]
    public void EveryPackageListsItsPublicApi() => AssertEvery(
        Projects.Where(path => path.StartsWith("src/", StringComparison.Ordinal)),
        path => ((string[])["PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"])
            .Select(name => $"{Path.GetDirectoryName(path)}/{name}")
            .Where(list => !Repository.TrackedFiles.Contains(list)));

    private static IEnumerable<SourceFile> Code => Repository.Files(".cs");

    private static IEnumerable<string> Projects =>
        Repository.TrackedFiles.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    private static void AssertEvery<T>(IEnumerable<T> subjects, Func<T, IEnumerable<string>> rule)
    {
        T[] all = [.. subjects];
        Assert.NotEmpty(all);
        Findings.AssertNone(all.SelectMany(rule));
    }

    private static void AssertCount(int expected, IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        Assert.True(
            all.Length == expected,
            $"{all.Length} suppressions where the ratchet stands at {expected}:\n{string.Join('\n', all)}");
    }
}
