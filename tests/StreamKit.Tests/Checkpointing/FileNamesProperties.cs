using FsCheck;
using FsCheck.Xunit;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>File names that stand for any text.</summary>
public class FileNamesProperties
{
    [Property(MaxTest = 2000)]
    public void ANameStaysInItsDirectoryAndMeansOneText(NonEmptyString first, NonEmptyString second)
    {
        string? one = Name(first.Get);
        string? other = Name(second.Get);
        if (one is not null && other is not null)
        {
            Assert.Matches("^[a-z0-9_%!~-][a-z0-9_%!~.-]{0,179}$", one);
            Assert.False(one.EndsWith('.'));
            Assert.Equal(first.Get == second.Get, string.Equals(one, other, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(first.Get, one.Contains('~', StringComparison.Ordinal) ? first.Get : FileNames.Read(one));
        }
    }

    [Theory]
    [InlineData("clicks", "clicks")]
    [InlineData("Clicks/Count", "!clicks%2f!count")]
    [InlineData("..", "%2e%2e")]
    [InlineData("v1.0", "v1.0")]
    [InlineData("con", "%63on")]
    [InlineData("con.txt", "%63on.txt")]
    [InlineData("icon", "icon")]
    [InlineData("日", "%e6%97%a5")]
    public void TheNameOfAText(string text, string name)
    {
        Assert.Equal(name, FileNames.Of(text));
        Assert.Equal(text, FileNames.Read(name));
    }

    [Fact]
    public void HalfASurrogatePairIsNoText() =>
        Assert.ThrowsAny<ArgumentException>(() => FileNames.Of("a\ud800"));

    [Fact]
    public void TextsThatDifferFarBehindHaveNamesThatDiffer()
    {
        string name = FileNames.Of(new string('x', 1000));
        Assert.Equal(180, name.Length);
        Assert.NotEqual(name, FileNames.Of(new string('x', 1001)));
    }

    private static string? Name(string text)
    {
        try
        {
            return FileNames.Of(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
