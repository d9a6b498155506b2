using System.Text;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Files.Tests;

public sealed class CompressionTests : IDisposable
{
    private static readonly string[] Lines =
    [
        .. Enumerable.Range(0, 60)
            .Select(i => $"line {i} {i * 7919 % 1000} {new string((char)('a' + (i % 26)), i % 7)}"),
    ];

    private readonly TestFolder _folder = new();

    private static byte[] Text => Encoding.UTF8.GetBytes(string.Join('\n', Lines) + "\n");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gz", 16)]
    [InlineData("gz", 65536)]
    [InlineData("br", 16)]
    [InlineData("br", 65536)]
    public async Task AFileThatIsCutOffAnywhereDeliversWhatIsWholeAndReportsThePlace(string extension, int bufferBytes)
    {
        byte[] packed = extension == "gz" ? TestFolder.Gzip(Text) : TestFolder.Brotli(Text);
        var options = new FileSourceOptions { BufferBytes = bufferBytes };
        for (int length = 1; length < packed.Length; length++)
        {
            string path = _folder.Write("cut." + extension, packed[..length]);
            (IReadOnlyList<string> records, IReadOnlyList<BadRecord> bad) =
                await Written.ReadAsync(FileSource.Lines(path, options));
            Assert.Equal(Lines.Take(records.Count), records);
            BadRecord end = Assert.Single(bad);
            int offset = records.Sum(r => r.Length + 1);
            Assert.Equal($"o={offset};l={records.Count + 1}", end.Position);
            Assert.Contains("cut off", end.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gz", 16)]
    [InlineData("gz", 65536)]
    [InlineData("br", 65536)]
    public async Task AWholeFileIsReadWithoutComplaint(string extension, int bufferBytes)
    {
        byte[] packed = extension == "gz" ? TestFolder.Gzip(Text) : TestFolder.Brotli(Text);
        string path = _folder.Write("whole." + extension.ToUpperInvariant(), packed);
        await AssertWholeAsync(path, Lines, bufferBytes);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(65536)]
    public async Task AGzipFileOfSeveralMembersIsOneFile(int bufferBytes)
    {
        byte[] packed = [.. TestFolder.Gzip(Text), .. TestFolder.Gzip(Encoding.UTF8.GetBytes("be")),
            .. TestFolder.Gzip(Encoding.UTF8.GetBytes("tween\n")), .. TestFolder.Gzip(Text)];
        await AssertWholeAsync(_folder.Write("many.gz", packed), [.. Lines, "between", .. Lines], bufferBytes);
    }

    [Fact]
    public async Task ASecondMemberThatIsCutOffIsReported()
    {
        byte[] first = TestFolder.Gzip(Text);
        byte[] second = TestFolder.Gzip(Text);
        for (int length = 1; length < second.Length; length += 3)
        {
            string path = _folder.Write("cut.gz", [.. first, .. second[..length]]);
            (IReadOnlyList<string> records, IReadOnlyList<BadRecord> bad) =
                await Written.ReadAsync(FileSource.Lines(path));
            Assert.Equal([.. Lines, .. Lines.Take(records.Count - Lines.Length)], records);
            Assert.Single(bad);
        }
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("br")]
    public async Task AFileOfNoBytesHasNoRecordsAndNoFault(string extension) =>
        await AssertWholeAsync(_folder.Write("empty." + extension, ""), [], 64);

    [Theory]
    [InlineData("gz")]
    [InlineData("br")]
    public async Task BytesBehindTheEndAreReported(string extension)
    {
        byte[] packed = extension == "gz" ? TestFolder.Gzip(Text) : TestFolder.Brotli(Text);
        string path = _folder.Write("more." + extension, [.. packed, 1, 2, 3]);
        (IReadOnlyList<string> records, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(FileSource.Lines(path));
        Assert.Equal(Lines, records);
        Assert.Equal($"o={Text.Length};l={Lines.Length + 1}", Assert.Single(bad).Position);
    }

    [Fact]
    public async Task ADamagedGzipFileDeliversWhatIsBeforeTheDamage()
    {
        byte[] packed = TestFolder.Gzip(Text);
        for (int at = 12; at < packed.Length; at += 7)
        {
            byte[] damaged = [.. packed];
            damaged[at] ^= 0x55;
            string path = _folder.Write("damaged.gz", damaged);
            (_, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(FileSource.Lines(path));
            Assert.NotEmpty(bad);
        }
    }

    [Fact]
    public async Task AFaultIsReportedAgainToWhoReadsOnFromThePositionBeforeIt()
    {
        string path = _folder.Write("cut.gz", TestFolder.Gzip(Text)[..^4]);
        CancellationToken token = TestContext.Current.CancellationToken;
        await using SourceDriver<string> driver = await SourceDriver.OpenAsync(FileSource.Lines(path), null, token);
        await driver.ReadAllAsync(token);
        string end = driver.Split.Position!;
        await driver.Split.SeekAsync(end, token);
        Assert.Empty(await driver.Split.ReadAsync(token));
        Assert.Equal([end, end], driver.BadRecords.Select(b => b.Position));
    }

    private static async Task AssertWholeAsync(string path, IReadOnlyList<string> expected, int bufferBytes)
    {
        (IReadOnlyList<string> records, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(FileSource.Lines(path, new FileSourceOptions { BufferBytes = bufferBytes }));
        Assert.Equal(expected, records);
        Assert.Empty(bad);
    }
}
