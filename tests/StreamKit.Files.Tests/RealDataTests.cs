using StreamKit.Connectors;
using StreamKit.Tests;

namespace StreamKit.Files.Tests;

public sealed class RealDataTests
{
    [Theory]
    [InlineData("tweets/spritzer-2013-08-10T1100-1102.jsonl.gz", 9_239)]
    [InlineData("tweets/spritzer-2019-07-03T0629-0631.jsonl.gz", 22_514)]
    [InlineData("tweets/dutch-2016-01-22T0500-0505.jsonl.gz", 1_000)]
    [InlineData("logs/Apache_2k.log.gz", 2_000)]
    [InlineData("logs/HDFS_2k.log.gz", 2_000)]
    [InlineData("logs/OpenSSH_2k.log.gz", 2_000)]
    [InlineData("logs/Zookeeper_2k.log.gz", 2_000)]
    [InlineData("web/apache-access-2015-05.log.gz", 10_000)]
    public async Task EveryLineOfARealFileIsRead(string file, int lines)
    {
        (IReadOnlyList<string> records, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(FileSource.Lines(SharedData.Path(file)));
        Assert.Equal(lines, records.Count);
        Assert.Empty(bad);
    }

    [Theory]
    [InlineData("logs/Apache_2k.log_structured.csv.gz", 2_000)]
    [InlineData("logs/HDFS_2k.log_structured.csv.gz", 2_000)]
    [InlineData("logs/OpenSSH_2k.log_structured.csv.gz", 2_000)]
    [InlineData("logs/Zookeeper_2k.log_structured.csv.gz", 2_000)]
    public async Task EveryRowOfARealTableIsRead(string file, int rows)
    {
        (IReadOnlyList<LogRow> records, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(FileSource.Csv<LogRow>(SharedData.Path(file)));
        Assert.Empty(bad);
        Assert.Equal(rows, records.Count);
        Assert.Equal(Enumerable.Range(1, rows), records.Select(r => r.LineId));
    }

    [Fact]
    public async Task AllTweetsTogetherAreOneSplitOrThree()
    {
        string path = SharedData.Path("tweets/*.jsonl.gz");
        var concatenated = new FileSourceOptions { Splits = FileSplits.Concatenated };
        Assert.Equal(32_753, (await Written.ReadAsync(FileSource.Lines(path))).Records.Count);
        Assert.Equal(32_753, (await Written.ReadAsync(FileSource.Lines(path, concatenated))).Records.Count);
    }

    public sealed record LogRow(int LineId, string Content, string EventId, string EventTemplate);
}
