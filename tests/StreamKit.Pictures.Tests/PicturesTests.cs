namespace StreamKit.Pictures.Tests;

/// <summary>The pictures of the documentation are what the engine says today.</summary>
/// <remarks>With <c>STREAMKIT_DRAW=1</c> in the environment the pictures are drawn anew instead of compared.</remarks>
public class PicturesTests
{
    public static TheoryData<string> Names => [.. Pictures.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void APictureShowsWhatTheEngineSays(string name)
    {
        string path = Path.Combine(Folder(), $"{name}.svg");
        string drawn = SvgTimeline.Draw(Pictures.All[name]());
        if (Environment.GetEnvironmentVariable("STREAMKIT_DRAW") == "1")
        {
            File.WriteAllText(path, drawn);
        }

        Assert.True(File.Exists(path), $"{name}.svg is missing: run these tests with STREAMKIT_DRAW=1.");
        Assert.Equal(drawn, File.ReadAllText(path));
    }

    [Fact]
    public void EveryPictureOfTheFolderIsDrawnHere() => Assert.Equal(
        Directory.GetFiles(Folder(), "*.svg").Select(Path.GetFileNameWithoutExtension).Order(),
        Pictures.All.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void NoTextIsCutOrCoversAnother(string name)
    {
        TextBox[] texts = [.. TextBox.AllOf(SvgTimeline.Draw(Pictures.All[name]()))];
        Assert.All(texts, static text => Assert.InRange(text.Left, 0, SvgTimeline.Width));
        Assert.All(texts, static text => Assert.InRange(text.Right, 0, SvgTimeline.Width));
        Assert.Empty(
            from one in texts
            from other in texts
            where !ReferenceEquals(one, other) && one.Covers(other)
            select $"'{one.Text}' and '{other.Text}'");
    }

    [Theory]
    [InlineData(30, 40, true)]
    [InlineData(200, 40, false)]
    [InlineData(30, 60, false)]
    public void TextsThatCoverEachOtherAreFound(int x, int y, bool covers)
    {
        TextBox[] texts = [.. TextBox.AllOf(
            $"""<svg><text x="10" y="40">ten</text><text x="{x}" y="{y}" text-anchor="middle">two</text></svg>""")];
        Assert.Equal(covers, texts[0].Covers(texts[1]));
    }

    [Fact]
    public void WhatAWatermarkCausesStandsBelowIt()
    {
        IReadOnlyList<Row> rows = Timeline.Of(
            "title", "a2 W10", static s => s.Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10))).Count()).Rows;
        Assert.Collection(
            rows,
            static row => Assert.Equal(new Mark(1, "W = 10", 10), row),
            static row => Assert.Equal("a: 1", Assert.IsType<Bar>(row).Text));
    }

    [Fact]
    public void ADroppedRecordIsKnownAmongEqualOnes()
    {
        Timeline timeline = Timeline.WithLate(
            "title",
            "a2 W10 a2",
            static s => (
                s.Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
                    .SideOutputLate(out DataStream<Windowing.Late<Reading>> late).Count(),
                late));
        Assert.Equal([false, true], timeline.Dots.Select(static dot => dot.IsDropped));
    }

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "StreamKit.sln")))
            {
                return Path.Combine(at.FullName, "docs", "reference", "pictures");
            }
        }

        throw new InvalidOperationException("There is no StreamKit.sln above the tests.");
    }
}
