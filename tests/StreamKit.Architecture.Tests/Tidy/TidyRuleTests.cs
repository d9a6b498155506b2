namespace StreamKit.Architecture.Tests.Tidy;

/// <summary>
/// Each rule of <see cref="TidyTests"/> finds what it is there to find: a guard that cannot fail is no guard.
/// </summary>
public class TidyRuleTests
{
    [Fact]
    public void AFileOfTheLimitPassesAndOneLineMoreDoesNot()
    {
        Assert.Empty(LengthRules.LongFile(Lines("src/A.cs", LengthRules.FileLines)));
        Assert.Single(LengthRules.LongFile(Lines("src/A.cs", LengthRules.FileLines + 1)));
        Assert.Empty(LengthRules.LongFile(Lines("tests/A.cs", LengthRules.TestFileLines)));
        Assert.Single(LengthRules.LongFile(Lines("tests/A.cs", LengthRules.TestFileLines + 1)));
    }

    [Theory]
    [InlineData("class A { void M()\n{", "} }")]
    [InlineData("class A { A()\n{", "} }")]
    [InlineData("class A { int P { get\n{", "return 1; } } }")]
    [InlineData("void Local()\n{", "}")]
    [InlineData("var f = () =>\n{", "};")]
    public void AMethodOfTheLimitPassesAndOneLineMoreDoesNot(string head, string tail)
    {
        SourceFile Method(int lines) =>
            Source(head + string.Concat(Enumerable.Repeat("\nint x;", lines - 3)) + "\n" + tail);
        Assert.Empty(LengthRules.LongMethods(Method(LengthRules.MethodLines)));
        Assert.Single(LengthRules.LongMethods(Method(LengthRules.MethodLines + 1)));
    }

    [Fact]
    public void ALineOfTheLimitPassesAndOneColumnMoreDoesNot()
    {
        Assert.Empty(LengthRules.WideLines(Source(new string('x', LengthRules.Columns))));
        Assert.Equal(["src/A.cs:2: 121 columns, and 120 is the limit"],
            LengthRules.WideLines(Source("x\n" + new string('x', LengthRules.Columns + 1))));
    }

    [Theory]
    [InlineData("class A; class B;")]
    [InlineData("namespace N; record A; enum B { }")]
    [InlineData("namespace N { interface A; } namespace M { delegate void B(); }")]
    [InlineData("file class A; class B;")]
    public void TwoTypesInOneFileAreReported(string text) => Assert.Single(ShapeRules.SeveralTypes(Source(text)));

    [Theory]
    [InlineData("namespace N; class A { class B; enum C { } }")]
    [InlineData("System.Console.WriteLine(); class A;")]
    public void NestedTypesAndAProgramWithOneTypePass(string text) =>
        Assert.Empty(ShapeRules.SeveralTypes(Source(text)));

    [Fact]
    public void ARegionIsReportedAndTheWordInAStringIsNot()
    {
        Assert.Single(ShapeRules.Regions(Source("class A\n{\n#region fields\n#endregion\n}")));
        Assert.Empty(ShapeRules.Regions(Source("var s = \"\"\"\n#region\n\"\"\";")));
    }

    [Theory]
    [InlineData("src/StreamKit/Utils/A.cs")]
    [InlineData("src/helpers/A.cs")]
    [InlineData("tests/Common/Impl.cs")]
    public void AFolderThatSaysNothingIsReported(string path) => Assert.Single(ShapeRules.NamelessFolder(path));

    [Fact]
    public void AFileMayBeNamedWhatAFolderMayNot() =>
        Assert.Empty(ShapeRules.NamelessFolder("src/StreamKit/Time/Common.cs"));

    [Fact]
    public void AStrangerAtTheTopIsReported()
    {
        Assert.Single(ShapeRules.StrayAtTheTop("eng/build.sh"));
        Assert.Empty(ShapeRules.StrayAtTheTop("src/StreamKit/A.cs"));
    }

    [Fact]
    public void WorkLeftBehindIsReported()
    {
        Assert.Single(WordRules.LeftoverWork(Source("// TO" + "DO: later")));
        Assert.Single(WordRules.LeftoverWork(Source("// FIX" + "ME")));
        Assert.Empty(WordRules.LeftoverWork(Source("// the todo list of a user, and METHODOLOGY")));
    }

    [Theory]
    [InlineData("work/h-x/a.txt\"")]
    [InlineData("tmp`")]
    [InlineData("root")]
    [InlineData("home/someone/a")]
    public void APathOfOneMachineIsReported(string tail) =>
        Assert.Single(WordRules.MachinePaths(Source("see /" + tail)));

    [Theory]
    [InlineData("https://example.org/work/x")]
    [InlineData("</root>")]
    [InlineData("a/tmp/b and ./tmp/b and /tmpfs")]
    [InlineData("GET /home HTTP/1.1")]
    public void APathOfEveryMachineIsNotReported(string text) => Assert.Empty(WordRules.MachinePaths(Source(text)));

    [Fact]
    public void AWindowsUserFolderIsReported() =>
        Assert.Single(WordRules.MachinePaths(Source("C:\\" + "Users\\someone")));

    [Fact]
    public void ARegistryHostIsReported() =>
        Assert.Single(WordRules.RegistryHosts(Source("https://api.nuget" + ".org/v3")));

    [Fact]
    public void TabsAndCarriageReturnsAreReportedWithTheirLine()
    {
        Assert.Equal(["src/A.cs:2: a tab"], WordRules.TabsAndCarriageReturns(Source("a\n\tb\n")));
        Assert.Equal(["src/A.cs:1: a carriage return"], WordRules.TabsAndCarriageReturns(Source("a\r\nb\n")));
        Assert.Empty(WordRules.TabsAndCarriageReturns(Source("    a\nb\n")));
    }

    [Theory]
    [InlineData("#pragma warning disable CA1000\nclass A;")]
    [InlineData("#nullable disable\nclass A;")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\")] class A;")]
    [InlineData("class A { [UnconditionalSuppressMessage(\"a\", \"b\")] void M() { } }")]
    public void ASuppressionIsCountedAndItsMissingReasonReported(string text)
    {
        Assert.Single(SuppressionRules.InCode(Source(text)));
        Assert.Single(SuppressionRules.WithoutReason(Source(text)));
    }

    [Theory]
    [InlineData("#pragma warning disable CA1000 // the type is generic on purpose\nclass A;")]
    [InlineData("[SuppressMessage(\"a\", \"b\", Justification = \"so\")] class A;")]
    public void ASuppressionWithAReasonIsCountedAllTheSame(string text)
    {
        Assert.Single(SuppressionRules.InCode(Source(text)));
        Assert.Empty(SuppressionRules.WithoutReason(Source(text)));
    }

    [Fact]
    public void WhatOnlyLooksLikeASuppressionIsNotCounted() =>
        Assert.Empty(SuppressionRules.InCode(Source(
            "#pragma warning restore CA1000\n#nullable enable\nvar s = \"#nullable disable\"; // SuppressMessage")));

    [Fact]
    public void ARuleThatAProjectSwitchesOffIsCounted() => Assert.Equal(
        ["a.csproj: CS1591 is switched off", "a.csproj: CA2007 is switched off"],
        SuppressionRules.InProject(new SourceFile(
            "a.csproj",
            "<Project><PropertyGroup><NoWarn>$(NoWarn);CS1591; CA2007</NoWarn></PropertyGroup></Project>")));

    [Fact]
    public void APageWithoutATitleOrWithTwoIsReported()
    {
        Assert.Empty(MarkdownRules.Titles(Page("# One\n```sh\n# a comment\n```\n## Two\n")));
        Assert.Single(MarkdownRules.Titles(Page("## None\n")));
        Assert.Single(MarkdownRules.Titles(Page("# One\n# Two\n")));
    }

    [Fact]
    public void ALongReadmeAndALongDecisionAreReported()
    {
        Assert.Empty(MarkdownRules.LongPage(Lines("README.md", 150)));
        Assert.Single(MarkdownRules.LongPage(Lines("README.md", 151)));
        Assert.Single(MarkdownRules.LongPage(Lines("docs/decisions/0001-a.md", 61)));
        Assert.Empty(MarkdownRules.LongPage(Lines("docs/reference/long.md", 1_000)));
    }

    private static SourceFile Source(string text) => new("src/A.cs", text);

    private static SourceFile Page(string text) => new("docs/page.md", text);

    private static SourceFile Lines(string path, int count) =>
        new(path, string.Concat(Enumerable.Repeat("x\n", count)));
}
