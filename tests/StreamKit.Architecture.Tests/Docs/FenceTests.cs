namespace StreamKit.Architecture.Tests.Docs;

/// <summary>The checks of <see cref="DocsTests"/> find what they are there to find.</summary>
public class FenceTests
{
    [Fact]
    public void AFenceIsReadWithItsLineLanguageAndContexts()
    {
        Fence fence = Assert.Single(Markdown.Fences(
            Page("# T\n\n<!-- context: tweets, clicks -->\n```csharp\nint a;\nint b;\n```\n")));
        Assert.Equal((5, "csharp", "int a;\nint b;"), (fence.Line, fence.Language, fence.Code));
        Assert.Equal(["tweets", "clicks"], fence.Contexts);
    }

    [Fact]
    public void AFenceThatIsNeverClosedIsRefused() =>
        Assert.Throws<InvalidDataException>(() => Markdown.Fences(Page("```csharp\nint a;\n")).ToList());

    [Theory]
    [InlineData("int a = 1; Console.WriteLine(a);")]
    [InlineData("using System.Text;\nvar b = new StringBuilder();\nrecord Tweet(string Text);")]
    [InlineData("public sealed class Mine { public int Answer => 42; }")]
    [InlineData("await foreach (int i in F());\nasync IAsyncEnumerable<int> F() { await Task.Yield(); yield break; }")]
    public void StatementsAndDeclarationsCompile(string code) => Assert.Empty(Errors(code));

    [Theory]
    [InlineData("int a = 1;\nint b = missing;", "docs/page.md:11: CS0103")]
    [InlineData("class A;\nclass B : Missing;", "docs/page.md:11: CS0246")]
    [InlineData("Console.WriteLine(1)", "docs/page.md:10: CS1002")]
    [InlineData("}", "docs/page.md:10: CS1022")]
    [InlineData("...", "docs/page.md:10: CS")]
    public void AMistakeIsReportedAtItsLineInThePage(string code, string start) =>
        Assert.Contains(Errors(code), error => error.StartsWith(start, StringComparison.Ordinal));

    [Fact]
    public void APreludeLendsItsNamesToTheFencesThatAskForIt()
    {
        const string Code = "Console.WriteLine(tweet.Text.Length);";
        Assert.Empty(Errors(Code, "tweets"));
        Assert.NotEmpty(Errors(Code));
    }

    [Theory]
    [InlineData("[a](missing.md)")]
    [InlineData("see [a](../other.md#nowhere) there")]
    [InlineData("[a](#nowhere)")]
    [InlineData("[good](../other.md) and [bad](none.md)")]
    public void ABrokenLinkIsReported(string text) => Assert.Single(LinkRules.Broken(Page($"# T\n{text}\n"), Find));

    [Theory]
    [InlineData("[a](../other.md)")]
    [InlineData("[a](../other.md#a-longer-title)")]
    [InlineData("[a](#t)")]
    [InlineData("[a](https://example.org/missing.md)")]
    [InlineData("`[a](missing.md)`")]
    [InlineData("```text\n[a](missing.md)\n```")]
    public void ALinkThatLeadsSomewhereIsNotReported(string text) =>
        Assert.Empty(LinkRules.Broken(Page($"# T\n{text}\n"), Find));

    private static SourceFile Page(string text) => new("docs/page.md", text);

    private static SourceFile? Find(string path) =>
        path == "other.md" ? new SourceFile(path, "# Other\n\n## A longer title!\n") : null;

    private static string[] Errors(string code, params string[] contexts) =>
    [
        .. FenceCompiler.Errors(
            new Fence("docs/page.md", 10, "csharp", contexts, code),
            name => new SourceFile(
                $"docs/.fences/{name}.cs", "var tweet = new Tweet(\"a\");\nrecord Tweet(string Text);"),
            withStreamKit: false),
    ];
}
