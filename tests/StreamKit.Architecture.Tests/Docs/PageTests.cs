using System.Reflection;

namespace StreamKit.Architecture.Tests.Docs;

/// <summary>Every kind of window and every trigger has its page, and all these pages are built alike.</summary>
public class PageTests
{
    private const string Pictures = "docs/reference/pictures";

    private static readonly string[] WindowHeadings =
        ["About", "Usage", "Defaults", "Late data", "State and recovery", "Metrics", "Pitfalls"];

    private static readonly string[] TriggerHeadings =
        ["About", "Usage", "Defaults", "What it says", "State", "Pitfalls"];

    public static TheoryData<string> Rooms => ["windows", "triggers"];

    public static TheoryData<string, Type> Doors => new()
    {
        { "windows", typeof(TimeWindows) },
        { "windows", typeof(CalendarWindows) },
        { "windows", typeof(CountWindows) },
        { "triggers", typeof(Triggers) },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void EveryPageHasTheSameHeadingsInTheSameOrder(string room) => Findings.AssertNone(Pages(room)
        .SelectMany(page => PageRules.OtherHeadings(page, room == "windows" ? WindowHeadings : TriggerHeadings)));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void EveryPageBeginsWithAPictureThatIsThere(string room) => Findings.AssertNone(Pages(room)
        .SelectMany(page => PageRules.NoPicture(page, name => Repository.TrackedFiles.Contains($"{Pictures}/{name}"))));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void TheIndexLeadsToEveryPage(string room)
    {
        string index = Repository.Read($"docs/reference/{room}.md").Text;
        Findings.AssertNone(Pages(room)
            .Select(page => $"{room}/{Path.GetFileName(page.Path)}")
            .Where(link => !index.Contains($"({link})", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public void EveryPublicMemberIsNamedOnAPage(string room, Type door)
    {
        string[] members = [.. door
            .GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(member => member.Name)];
        Assert.NotEmpty(members);
        Findings.AssertNone(PageRules.Unnamed(door.Name, members, Pages(room)));
    }

    [Fact]
    public void EveryPictureIsShownOnAPage()
    {
        string text = string.Concat(
            Repository.Files(".md").Where(page => page.IsUnder("docs")).Select(page => page.Text));
        Findings.AssertNone(Repository.TrackedFiles
            .Where(path => path.StartsWith(Pictures + "/", StringComparison.Ordinal))
            .Where(path => !text.Contains($"pictures/{Path.GetFileName(path)})", StringComparison.Ordinal)));
    }

    [Fact]
    public void AHeadingThatIsMissingIsFound() =>
        Assert.Single(PageRules.OtherHeadings(Page("# A\n## About\n## Pitfalls\n"), ["About", "Usage", "Pitfalls"]));

    [Fact]
    public void APageWithItsHeadingsIsNotFound() =>
        Assert.Empty(PageRules.OtherHeadings(Page("# A\n## About\n## Usage\n"), ["About", "Usage"]));

    [Theory]
    [InlineData("Words first.\n\n![A picture with many words.](../pictures/there.svg)")]
    [InlineData("![](../pictures/there.svg)")]
    [InlineData("![A picture with many words.](../pictures/gone.svg)")]
    public void APageThatDoesNotBeginWithAPictureIsFound(string about) =>
        Assert.Single(PageRules.NoPicture(Page($"# A\n\n## About\n\n{about}\n"), name => name == "there.svg"));

    [Fact]
    public void AMemberThatOnlyALongerOneBeginsWithIsFound() => Assert.Equal(
        ["no page names Triggers.EveryRecord"],
        PageRules.Unnamed("Triggers", ["EveryRecord", "Never"], [Page("Triggers.EveryRecords(2), Triggers.Never()")]));

    private static SourceFile Page(string text) => new("docs/reference/windows/made-up.md", text);

    private static SourceFile[] Pages(string room)
    {
        SourceFile[] pages = [.. Repository.Files(".md").Where(page => page.IsUnder($"docs/reference/{room}"))];
        Assert.NotEmpty(pages);
        return pages;
    }
}
