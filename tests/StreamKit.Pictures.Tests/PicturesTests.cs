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
