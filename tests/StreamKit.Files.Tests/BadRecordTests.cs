using System.Text;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Testing;

namespace StreamKit.Files.Tests;

public sealed class BadRecordTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnUnparsableLineIsReportedWithItsPositionAndReadingGoesOn()
    {
        string path = _folder.Write("n.txt", "1\n\n2\nthree\n4\n");
        (IReadOnlyList<int> records, BadRecord bad) = await ReadOneBadAsync(Numbers(path));
        Assert.Equal([1, 2, 4], records);
        Assert.Equal("o=5;l=4", bad.Position);
        Assert.Equal(path, bad.Split);
        Assert.Equal("three"u8.ToArray(), bad.Bytes.ToArray());
        Assert.Contains($"'{path}', line 4 (byte 5)", bad.Exception.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(bad.Exception.InnerException);
    }

    [Fact]
    public async Task AParserMayPassOverALine()
    {
        string path = _folder.Write("n.txt", "# one\n1\n# two\n2");
        ISource<int> source = FileSource.Lines<int>(path, (line, out record) =>
        {
            record = 0;
            return line[0] != '#' && int.TryParse(line, out record);
        });
        (IReadOnlyList<int> records, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(source);
        Assert.Equal([1, 2], records);
        Assert.Empty(bad);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64 * 1024)]
    public async Task ALineThatIsTooLongIsSkippedToItsEndAndItsFirstKibKept(int bufferBytes)
    {
        string path = _folder.Write(
            "long.txt", "ok\n" + new string('x', 5000) + "\r\nafter\n" + new string('y', 2000) + "\n");
        var options = new FileSourceOptions { MaxLineBytes = 2000, BufferBytes = bufferBytes };
        (IReadOnlyList<string> records, BadRecord bad) = await ReadOneBadAsync(FileSource.Lines(path, options));
        Assert.Equal(["ok", "after", new string('y', 2000)], records);
        Assert.Equal("o=3;l=2", bad.Position);
        Assert.Equal(1024, bad.Bytes.Length);
        Assert.All(bad.Bytes.ToArray(), b => Assert.Equal((byte)'x', b));
        Assert.Contains("5000", bad.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("MaxLineBytes", bad.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndlessLineAtTheEndIsReportedToo()
    {
        string path = _folder.Write("long.txt", "ok\n" + new string('x', 100_000));
        var options = new FileSourceOptions { MaxLineBytes = 100, BufferBytes = 256 };
        (IReadOnlyList<string> records, BadRecord bad) = await ReadOneBadAsync(FileSource.Lines(path, options));
        Assert.Equal(["ok"], records);
        Assert.Equal("o=3;l=2", bad.Position);
    }

    [Fact]
    public async Task InvalidUtf8IsReported()
    {
        string path = _folder.Write("latin.txt", Encoding.Latin1.GetBytes("eins\nfünf\nsix\n"));
        (IReadOnlyList<string> records, BadRecord bad) = await ReadOneBadAsync(FileSource.Lines(path));
        Assert.Equal(["eins", "six"], records);
        Assert.Equal("o=5;l=2", bad.Position);
        Assert.Equal(Encoding.Latin1.GetBytes("fünf"), bad.Bytes.ToArray());
    }

    [Fact]
    public async Task ATruncatedLastLineIsReportedWithItsPosition()
    {
        string path = _folder.Write("cut.jsonl", "[1]\n[2]\n[3");
        (IReadOnlyList<int[]> records, BadRecord bad) = await ReadOneBadAsync(FileSource.JsonLines<int[]>(path));
        Assert.Equal(2, records.Count);
        Assert.Equal("o=8;l=3", bad.Position);
        Assert.Contains("ends before the line does", bad.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALastLineWithoutLineEndIsALineIfItParses()
    {
        string path = _folder.Write("whole.jsonl", "[1]\n[2]");
        (IReadOnlyList<int[]> records, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(FileSource.JsonLines<int[]>(path));
        Assert.Equal(2, records.Count);
        Assert.Empty(bad);
    }

    [Fact]
    public async Task JsonNullIsNoRecord()
    {
        string path = _folder.Write("null.jsonl", "[1]\nnull\n[2]\n");
        (IReadOnlyList<int[]> records, BadRecord bad) = await ReadOneBadAsync(FileSource.JsonLines<int[]>(path));
        Assert.Equal(2, records.Count);
        Assert.Equal("o=4;l=2", bad.Position);
    }

    [Fact]
    public async Task ACsvRowThatDoesNotFitIsReportedAndItsNeighboursAreNot()
    {
        string path = _folder.Write(
            "bad.csv",
            "Flag,Text,Value,Id,Maybe\ntrue,\"a\nb\",1,1,\n" +
            "true,x,one,2,\nfalse,short\ntrue,a\"b,1,3,\ntrue,last,1,4,5\n");
        (IReadOnlyList<Row> rows, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(FileSource.Csv<Row>(path));
        Assert.Equal([new Row(1, "a\nb", 1, null, true), new Row(4, "last", 1, 5, true)], rows);
        Assert.Equal(["o=41;l=4", "o=55;l=5", "o=67;l=6"], bad.Select(b => b.Position));
    }

    [Fact]
    public async Task AnUnclosedQuoteIsReportedWhereItsRowBegins()
    {
        string path = _folder.Write("open.csv", "Id,Text,Value,Maybe,Flag\n1,a,1,,true\n2,\"b,1,,true\n3,c,1,,true\n");
        (IReadOnlyList<Row> rows, BadRecord bad) = await ReadOneBadAsync(FileSource.Csv<Row>(path));
        Assert.Equal(1, Assert.Single(rows).Id);
        Assert.Equal("o=37;l=3", bad.Position);
        Assert.Contains("not closed", bad.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHeaderWithoutANeededColumnIsReportedAndSoIsEveryRow()
    {
        string path = _folder.Write("header.csv", "Id,Text\n1,a\n2,b\n");
        (IReadOnlyList<Row> rows, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(FileSource.Csv<Row>(path));
        Assert.Empty(rows);
        Assert.Equal(["o=0;l=1", "o=8;l=2", "o=12;l=3"], bad.Select(b => b.Position));
    }

    [Fact]
    public async Task ACsvWithoutHeaderIsReadByTheOrderOfItsColumns()
    {
        string path = _folder.Write("plain.csv", "1;a;1,5;;true\n");
        var csv = new CsvOptions
        {
            HasHeader = false,
            Delimiter = ";",
            Culture = System.Globalization.CultureInfo.GetCultureInfo("de-DE"),
        };
        (IReadOnlyList<Row> rows, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(FileSource.Csv<Row>(path, csv));
        Assert.Empty(bad);
        Assert.Equal([new Row(1, "a", 1.5, null, true)], rows);
    }

    [Fact]
    public async Task ATruncatedMessagePackObjectIsReported()
    {
        byte[] bytes = Written.Of(Format.Of("msgpack"), [new(1, "one", 1, 1, true), new(2, "two", 2, null, true)]);
        int second = bytes.Length / 2;
        string path = _folder.Write("cut.msgpack", bytes[..^1]);
        (IReadOnlyList<Row> rows, BadRecord bad) = await ReadOneBadAsync(FileSource.MessagePack<Row>(path));
        Assert.Equal(1, Assert.Single(rows).Id);
        Assert.EndsWith(";l=2", bad.Position, StringComparison.Ordinal);
        Assert.Contains("cut off", bad.Exception.Message, StringComparison.Ordinal);
        Assert.InRange(bad.Bytes.Length, 1, second + 1);
    }

    [Fact]
    public async Task AMessagePackObjectOfAnotherShapeIsReportedAndReadingGoesOn()
    {
        byte[] row = Written.Of(Format.Of("msgpack"), [new(1, "one", 1, 1, true)]);
        string path = _folder.Write("odd.msgpack", [.. row, 0x05, 0xa1, (byte)'x', 0xc0, .. row]);
        (IReadOnlyList<Row> rows, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(FileSource.MessagePack<Row>(path));
        Assert.Equal(2, rows.Count);
        Assert.Equal(
            [$"o={row.Length};l=2", $"o={row.Length + 1};l=3", $"o={row.Length + 3};l=4"], bad.Select(b => b.Position));
    }

    [Fact]
    public async Task WhatIsNoMessagePackEndsTheFileWithOneReportAtAPositionThatStays()
    {
        byte[] row = Written.Of(Format.Of("msgpack"), [new(1, "one", 1, 1, true)]);
        string path = _folder.Write("odd.msgpack", [.. row, 0x92, 0x01, 0xc1, .. row]);
        await using SourceDriver<Row> driver =
            await SourceDriver.OpenAsync(FileSource.MessagePack<Row>(path), cancellationToken: Token);
        Assert.Single(await driver.ReadAllAsync(Token));
        Assert.Equal($"o={row.Length};l=2", Assert.Single(driver.BadRecords).Position);
        Assert.Equal($"o={row.Length};l=2", driver.Split.Position);
    }

    [Fact]
    public async Task NestingWithoutEndExhaustsNeitherStackNorMemory()
    {
        byte[] deep = new byte[300_000];
        Array.Fill(deep, (byte)0x91);
        string path = _folder.Write("deep.msgpack", deep);
        var options = new FileSourceOptions { MaxLineBytes = 100_000 };
        (IReadOnlyList<Row> rows, BadRecord bad) = await ReadOneBadAsync(FileSource.MessagePack<Row>(path, options));
        Assert.Empty(rows);
        Assert.Equal("o=0;l=1", bad.Position);
    }

    [Fact]
    public async Task APolicyToFailStopsTheReadAndTheReaderCanGoOn()
    {
        string path = _folder.Write("n.txt", "1\nx\n2\n");
        var options = new SourceDriverOptions { BadRecords = BadRecords.Fail, BatchRecords = 1 };
        await using SourceDriver<int> driver = await SourceDriver.OpenAsync(Numbers(path), options, Token);
        Assert.Equal([1], await driver.Split.ReadAsync(Token));
        await Assert.ThrowsAsync<StreamException>(async () => await driver.Split.ReadAsync(Token));
        Assert.Equal([2], await driver.Split.ReadAsync(Token));
        Assert.Empty(await driver.Split.ReadAsync(Token));
    }

    private static ISource<int> Numbers(string path) => FileSource.Lines<int>(path, (line, out record) =>
    {
        record = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    });

    private static async Task<(IReadOnlyList<T> Records, BadRecord Bad)> ReadOneBadAsync<T>(ISource<T> source)
    {
        (IReadOnlyList<T> records, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(source);
        return (records, Assert.Single(bad));
    }
}
