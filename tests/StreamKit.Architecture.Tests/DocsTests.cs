using StreamKit.Architecture.Tests.Docs;

namespace StreamKit.Architecture.Tests;

/// <summary>What the pages show compiles, and where they point to is there.</summary>
public class DocsTests
{
    private const string Smoke = "tests/PackageSmoke";

    public static TheoryData<string> Pages => [.. PageFiles().Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryProgramInAPageCompiles(string path)
    {
        Fence[] programs = [.. Markdown.Fences(Repository.Read(path)).Where(fence => fence.Language == "csharp")];
        Findings.AssertNone(programs.SelectMany(fence => FenceCompiler.Errors(fence, Prelude)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryFenceNamesItsLanguageSoThatNoProgramEscapes(string path) =>
        Findings.AssertNone(Markdown.Fences(Repository.Read(path))
            .Where(fence => fence.Language is not ("csharp" or "text" or "sh" or "xml" or "json" or "mermaid"))
            .Select(fence => $"{fence}: '{fence.Language}'"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryRelativeLinkOfAPageLeadsSomewhere(string path) =>
        Findings.AssertNone(LinkRules.Broken(Repository.Read(path), Find));

    [Fact]
    public void TheFirstProgramOfTheReadmeIsTheOneThatRunsAgainstThePackages()
    {
        string program = Markdown.Fences(Repository.Read("README.md")).First(fence => fence.Language == "csharp").Code;
        string body = program[program.IndexOf("await", StringComparison.Ordinal)..];
        Assert.StartsWith("using StreamKit;", program, StringComparison.Ordinal);
        Assert.Contains(body, Repository.Read($"{Smoke}/Program.cs.txt").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputInTheReadmeIsWhatThatProgramMustPrint()
    {
        string output = Markdown.Fences(Repository.Read("README.md")).First(fence => fence.Language == "text").Code;
        Assert.Equal(Repository.Read($"{Smoke}/expected.txt").Text.TrimEnd('\n'), output);
    }

    private static IEnumerable<SourceFile> PageFiles() =>
        Repository.Files(".md").Where(page => page.Path == "README.md" || page.IsUnder("docs"));

    private static SourceFile Prelude(string name) => Repository.Read($"docs/.fences/{name}.cs");

    private static SourceFile? Find(string path) =>
        Repository.TrackedFiles.Contains(path) ? Repository.Read(path)
        : Directory.Exists(Repository.FullPath(path)) ? new SourceFile(path, string.Empty)
        : null;
}
