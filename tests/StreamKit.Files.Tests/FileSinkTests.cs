using System.Text;
using System.Text.Json;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Files.Tests;

public sealed class FileSinkTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly PollClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Names =>
        [.. Directory.GetFiles(_folder.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFileRollsBeforeTheRecordThatWouldMakeItTooLarge()
    {
        ISink<string> sink = FileSink.Lines(_folder["n-{0:00}.txt"], new() { RollBytes = 6 });
        await WriteAsync(sink, ["1", "2", "3", "4", "much too long", "5"]);
        Assert.Equal(["n-00.txt", "n-01.txt", "n-02.txt", "n-03.txt"], Names);
        Assert.Equal("1\n2\n3\n", File.ReadAllText(_folder["n-00.txt"]));
        Assert.Equal("4\n", File.ReadAllText(_folder["n-01.txt"]));
        Assert.Equal("much too long\n", File.ReadAllText(_folder["n-02.txt"]));
        Assert.Equal("5\n", File.ReadAllText(_folder["n-03.txt"]));
    }

    [Fact]
    public async Task EachCsvFileHasOneHeader()
    {
        Row row = new(1, "a", 1, null, true);
        ISink<Row> sink = FileSink.Csv<Row>(_folder["n-{0}.csv"], options: new() { RollBytes = 40 });
        await WriteAsync(sink, [row, row, row]);
        Assert.Equal(3, Names.Length);
        Assert.All(Names, name =>
            Assert.Equal("Id,Text,Value,Maybe,Flag\n1,a,1,,True\n", File.ReadAllText(_folder[name])));
    }

    [Fact]
    public async Task AFileRollsWhenItsSpanOfTimeIsOver()
    {
        _clock.SetUtcNow(new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.Zero));
        ISink<string> sink = FileSink.Lines(
            _folder["{1:yyyyMMdd-HHmm}-{0}.txt"], new() { RollEvery = TimeSpan.FromHours(1) });
        await using (SinkDriver<string> driver = await SinkDriver.OpenAsync(sink, _clock, Token))
        {
            await driver.WriteAsync(["one"], Token);
            _clock.Advance(TimeSpan.FromMinutes(29));
            await driver.WriteAsync(["two"], Token);
            _clock.Advance(TimeSpan.FromMinutes(1));
            await driver.WriteAsync(["three"], Token);
            _clock.Advance(TimeSpan.FromHours(5));
        }

        Assert.Equal(["20260131-2300-0.txt", "20260201-0000-1.txt"], Names);
        Assert.Equal("one\ntwo\n", File.ReadAllText(_folder[Names[0]]));
        Assert.Equal("three\n", File.ReadAllText(_folder[Names[1]]));
    }

    [Fact]
    public async Task AppendingWithNumbersTakesTheNextFreeOne()
    {
        ISink<string> sink = FileSink.Lines(_folder["n-{0}.txt"], new() { RollBytes = 2 });
        await WriteAsync(sink, ["1", "2"]);
        await WriteAsync(sink, ["3", "4"]);
        Assert.Equal(["1\n", "2\n", "3\n", "4\n"], Names.Select(name => File.ReadAllText(_folder[name])));
    }

    [Fact]
    public async Task OverwritingReplacesTheFile()
    {
        string path = _folder.Write("a.txt", "a long old text\n");
        await WriteAsync(FileSink.Lines(path, new() { IfExists = ExistingFile.Overwrite }), ["new"]);
        Assert.Equal("new\n", File.ReadAllText(path));
    }

    [Fact]
    public async Task FailingLeavesTheFileAlone()
    {
        string path = _folder.Write("a.txt", "old\n");
        ISink<string> sink = FileSink.Lines(path, new() { IfExists = ExistingFile.Fail });
        var error = await Assert.ThrowsAsync<IOException>(async () => await SinkDriver.OpenAsync(sink, null, Token));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("old\n", File.ReadAllText(path));
    }

    [Fact]
    public async Task HalfALineIsClosedBeforeTheNextIsAppended()
    {
        string path = _folder.Write("a.txt", "one\nha");
        await WriteAsync(FileSink.Lines(path), ["two"]);
        Assert.Equal("one\nha\ntwo\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("msgpack")]
    public async Task HalfARecordIsCutOffBeforeTheNextIsAppended(string name)
    {
        Format format = Format.Of(name);
        Row[] rows = [new(1, "one", 1, null, true), new(2, "two\nlines", 2, 2, false)];
        byte[] whole = Written.Of(format, rows);
        string path = _folder.Write("a", whole[..^(name == "csv" ? 14 : 1)]);
        await WriteAsync(format.Sink(path, null), [rows[1], rows[0]]);
        (IReadOnlyList<Row> read, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(format.Source(path, null));
        Assert.Equal([rows[0], rows[1], rows[0]], read);
        Assert.Empty(bad);
    }

    [Fact]
    public async Task AGzipFileThatIsCutOffIsNotAppendedTo()
    {
        byte[] cut = TestFolder.Gzip("one\ntwo\n"u8.ToArray())[..^2];
        string path = _folder.Write("a.gz", cut);
        var error = await Assert.ThrowsAsync<InvalidDataException>(
            async () => await SinkDriver.OpenAsync(FileSink.Lines(path), null, Token));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(cut, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task ARecordThatCannotBeWrittenLeavesNoTraceAndKeepsTheOthers()
    {
        string path = _folder["a.jsonl"];
        var sink = FileSink.JsonLines<Treacherous>(path, new JsonSerializerOptions { WriteIndented = true });
        SinkDriver<Treacherous> driver = await SinkDriver.OpenAsync(sink, null, Token);
        await Assert.ThrowsAsync<NotSupportedException>(
            async () => await driver.WriteAsync([new(1, false), new(2, true)], Token));
        await driver.WriteAsync([new(3, false)], Token);
        await driver.DisposeAsync();
        Assert.Equal("{\"Id\":1,\"Text\":\"fine\"}\n{\"Id\":3,\"Text\":\"fine\"}\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    public async Task AStringThatIsNoLineIsRefused(string line)
    {
        string path = _folder["a.txt"];
        await using (SinkDriver<string> driver = await SinkDriver.OpenAsync(FileSink.Lines(path), null, Token))
        {
            await Assert.ThrowsAsync<InvalidDataException>(async () => await driver.WriteAsync(["ok", line], Token));
        }

        Assert.Equal("ok\n", File.ReadAllText(path));
    }

    [Fact]
    public async Task TwoSinksCannotWriteOneFile()
    {
        string path = _folder["a.txt"];
        await using SinkDriver<string> first = await SinkDriver.OpenAsync(FileSink.Lines(path), null, Token);
        await Assert.ThrowsAsync<IOException>(
            async () => await SinkDriver.OpenAsync(FileSink.Lines(path), null, Token));
    }

    [Fact]
    public async Task AClosedSinkRefusesRecords()
    {
        SinkDriver<string> driver = await SinkDriver.OpenAsync(FileSink.Lines(_folder["a.txt"]), null, Token);
        await driver.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await driver.WriteAsync(["late"], Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await driver.FlushAsync(Token));
    }

    [Fact]
    public void ASinkAppends() => Assert.Equal(SinkMode.Append, FileSink.Lines(_folder["a.txt"]).Mode);

    [Fact]
    public async Task TextIsUtf8WithoutAMark()
    {
        string path = _folder["a.txt"];
        await WriteAsync(FileSink.Lines(path), ["fünf"]);
        Assert.Equal(Encoding.UTF8.GetBytes("fünf\n"), File.ReadAllBytes(path));
    }

    private async Task WriteAsync<T>(ISink<T> sink, IReadOnlyList<T> records)
    {
        await using SinkDriver<T> driver = await SinkDriver.OpenAsync(sink, _clock, Token);
        await driver.WriteAsync(records, Token);
    }

    public sealed class Treacherous(int id, bool fails)
    {
        public int Id => id;

        public string Text => fails ? throw new NotSupportedException("this one cannot be read") : "fine";
    }
}
