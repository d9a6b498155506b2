using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Files.Tests;

public sealed class OpeningTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("absent.log", false)]
    [InlineData("absent.log", true)]
    [InlineData("no/folder/absent.log", false)]
    [InlineData("*.log", false)]
    public async Task AMissingFileFailsAtOpeningAndNamesThePath(string name, bool follow)
    {
        ISource<string> source = FileSource.Lines(_folder[name], new FileSourceOptions { Follow = follow });
        var error = await Assert.ThrowsAsync<FileNotFoundException>(
            async () => await SourceDriver.OpenAsync(source, cancellationToken: Token));
        Assert.Contains(_folder[name], error.Message, StringComparison.Ordinal);
        Assert.Equal(_folder[name], error.FileName);
    }

    [Fact]
    public async Task AFolderIsNoFile()
    {
        var error = await Assert.ThrowsAsync<IOException>(
            async () => await SourceDriver.OpenAsync(FileSource.Lines(_folder.Path), cancellationToken: Token));
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatMayNotBeReadFailsAtOpeningAndNamesThePath()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("this process may read every file");
            return;
        }

        string path = _folder.Write("secret.log", "x\n");
        File.SetUnixFileMode(path, UnixFileMode.None);
        var error = await Assert.ThrowsAsync<UnauthorizedAccessException>(
            async () => await SourceDriver.OpenAsync(FileSource.Lines(path), cancellationToken: Token));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileWhoseNameLooksLikeAPatternIsThatFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no file of this system has such a name");
        _folder.Write("ab.log", "no\n");
        string path = _folder.Write("a*.log", "yes\n");
        Assert.Equal(["yes"], (await Written.ReadAsync(FileSource.Lines(path))).Records);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("o=-1;l=1")]
    [InlineData("o=1;l=0")]
    [InlineData("o=1")]
    [InlineData("o=1;l=1;f=other.log")]
    public async Task APositionThatIsNoneIsRefused(string position)
    {
        string path = _folder.Write("a.log", "one\ntwo\n");
        await using SourceDriver<string> driver =
            await SourceDriver.OpenAsync(FileSource.Lines(path), cancellationToken: Token);
        await Assert.ThrowsAsync<FormatException>(async () => await driver.Split.SeekAsync(position, Token));
    }

    [Theory]
    [InlineData("a.log")]
    [InlineData("a.log.gz")]
    public async Task APositionBehindTheEndIsRefused(string name)
    {
        byte[] bytes = "one\ntwo\n"u8.ToArray();
        string path = _folder.Write(
            name, name.EndsWith(".gz", StringComparison.Ordinal) ? TestFolder.Gzip(bytes) : bytes);
        await using SourceDriver<string> driver =
            await SourceDriver.OpenAsync(FileSource.Lines(path), cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await driver.Split.SeekAsync("o=9;l=3", Token));
        await driver.Split.SeekAsync("o=8;l=3", Token);
        Assert.Empty(await driver.Split.ReadAsync(Token));
    }

    [Fact]
    public void SenselessOptionsAreRefusedAtTheDoor()
    {
        string path = _folder["a.log"];
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSource.Lines(path, new() { MaxLineBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSource.Lines(path, new() { BufferBytes = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            FileSource.Lines(path, new() { PollInterval = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSource.Lines(path, new() { Splits = (FileSplits)9 }));
        Assert.Throws<ArgumentException>(
            () => FileSource.Lines(path, new() { Follow = true, Splits = FileSplits.Concatenated }));
        Assert.Throws<ArgumentException>(() => FileSource.Lines(""));
        Assert.Throws<ArgumentException>(() => FileSource.Lines(_folder["x*/a.log"]));
        Assert.Throws<ArgumentException>(() => FileSource.Csv<Row>(path, new() { Delimiter = "\n" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSink.Lines(path, new() { RollBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSink.Lines(path, new() { RollEvery = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSink.Lines(path, new() { BufferBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileSink.Lines(path, new() { IfExists = (ExistingFile)9 }));
        Assert.Throws<ArgumentException>(() => FileSink.Lines(path, new() { RollBytes = 10 }));
        Assert.Throws<ArgumentException>(() => FileSink.Lines(_folder["{0"], new() { RollBytes = 10 }));
        Assert.Throws<ArgumentException>(() => FileSink.Lines(_folder["a.br"]));
    }
}
