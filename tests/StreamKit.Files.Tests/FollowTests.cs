using System.Text;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Files.Tests;

public sealed class FollowTests : IDisposable
{
    private static readonly FileSourceOptions Follow = new() { Follow = true };

    private readonly TestFolder _folder = new();
    private readonly PollClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnAppendedLineIsDelivered()
    {
        string path = _folder.Write("a.log", "one\n");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one"], await ReadAsync(driver.Split));
        Task<IReadOnlyList<string>> read = driver.Split.ReadAsync(Token).AsTask();
        await _clock.PollAsync(2);
        Assert.False(read.IsCompleted);
        Append(path, "two\nthree\n");
        Assert.Equal(["two", "three"], await _clock.UntilAsync(read));
        Assert.Equal("o=14;l=4", driver.Split.Position);
    }

    [Fact]
    public async Task ALineWithoutEndWaitsForTheRestOfIt()
    {
        string path = _folder.Write("a.log", "one\ntw");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one"], await ReadAsync(driver.Split));
        Assert.Equal("o=4;l=2", driver.Split.Position);
        Task<IReadOnlyList<string>> read = driver.Split.ReadAsync(Token).AsTask();
        await _clock.PollAsync(3);
        Assert.False(read.IsCompleted);
        Append(path, "o\n");
        Assert.Equal(["two"], await _clock.UntilAsync(read));
        Assert.Empty(driver.BadRecords);
    }

    [Fact]
    public async Task ACancelledWaitLosesNothing()
    {
        string path = _folder.Write("a.log", "one\ntw");
        await using SourceDriver<string> driver = await OpenAsync(path);
        await ReadAsync(driver.Split);
        for (int i = 0; i < 3; i++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            Task<IReadOnlyList<string>> read = driver.Split.ReadAsync(cancel.Token).AsTask();
            await _clock.PollAsync(1);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
            Assert.Equal("o=4;l=2", driver.Split.Position);
        }

        Append(path, "o\n");
        Assert.Equal(["two"], await ReadAsync(driver.Split));
    }

    [Theory]
    [InlineData("rest\n")]
    [InlineData("rest")]
    public async Task ARotatedFileIsFinishedAndThenTheNewOneIsRead(string rest)
    {
        string path = _folder.Write("a.log", "one\n");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one"], await ReadAsync(driver.Split));
        Task<IReadOnlyList<string>> read = driver.Split.ReadAsync(Token).AsTask();
        await _clock.PollAsync(1);
        Append(path, rest);
        File.Move(path, _folder["a.log.1"]);
        _folder.Write("a.log", "new one\nnew two\n");
        Assert.Equal(["rest", "new one", "new two"], await ReadToAsync(driver.Split, read, 3));
        Assert.Equal("o=16;l=3", driver.Split.Position);
        Assert.Empty(driver.BadRecords);
    }

    [Fact]
    public async Task ALineWithoutEndIsALineOnlyWhenTheNewFileIsThere()
    {
        string path = _folder.Write("a.log", "one\nlast");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one"], await ReadAsync(driver.Split));
        Task<IReadOnlyList<string>> read = driver.Split.ReadAsync(Token).AsTask();
        File.Move(path, _folder["a.log.1"]);
        await _clock.PollAsync(3);
        Assert.False(read.IsCompleted);
        _folder.Write("a.log", "new\n");
        Assert.Equal(["last", "new"], await ReadToAsync(driver.Split, read, 2));
    }

    [Fact]
    public async Task WhatIsWrittenToTheOldFileRightAfterItsRotationIsNotLost()
    {
        string path = _folder.Write("a.log", "one\n");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one"], await ReadAsync(driver.Split));
        Task<IReadOnlyList<string>> read = driver.Split.ReadAsync(Token).AsTask();
        await _clock.PollAsync(1);
        File.Move(path, _folder["a.log.1"]);
        _folder.Write("a.log", "new\n");
        await _clock.PollAsync(1);
        Append(_folder["a.log.1"], "straggler\n");
        Assert.Equal(["straggler", "new"], await ReadToAsync(driver.Split, read, 2));
    }

    [Fact]
    public async Task ANewFileOfTheSameLengthIsStillANewFile()
    {
        string path = _folder.Write("a.log", "one\n");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one"], await ReadAsync(driver.Split));
        string next = _folder.Write("next", "two\n");
        File.SetLastWriteTimeUtc(next, File.GetLastWriteTimeUtc(path).AddSeconds(1));
        File.Move(next, path, overwrite: true);
        Assert.Equal(["two"], await ReadAsync(driver.Split));
    }

    [Fact]
    public async Task ATruncatedFileIsReadFromItsStart()
    {
        string path = _folder.Write("a.log", "one\ntwo\n");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one", "two"], await ReadAsync(driver.Split));
        File.WriteAllText(path, "again\n");
        Assert.Equal(["again"], await ReadAsync(driver.Split));
        Assert.Equal("o=6;l=2", driver.Split.Position);
        Assert.Empty(driver.BadRecords);
    }

    [Fact]
    public async Task ALineThatTruncationInterruptsIsReported()
    {
        string path = _folder.Write("a.log", "one\nhalf");
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one"], await ReadAsync(driver.Split));
        Task<IReadOnlyList<string>> read = driver.Split.ReadAsync(Token).AsTask();
        await _clock.PollAsync(1);
        File.WriteAllText(path, "new\n");
        Assert.Equal(["new"], await _clock.UntilAsync(read));
        BadRecord bad = Assert.Single(driver.BadRecords);
        Assert.Equal("o=4;l=2", bad.Position);
        Assert.Equal("half"u8.ToArray(), bad.Bytes.ToArray());
        Assert.Contains("truncated", bad.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatWasTruncatedWhileNobodyReadIsReadFromItsStart()
    {
        string path = _folder.Write("a.log", "one\ntwo\n");
        await using SourceDriver<string> driver = await OpenAsync(path);
        File.WriteAllText(path, "new\n");
        await driver.Split.SeekAsync("o=8;l=3", Token);
        Assert.Equal(["new"], await ReadAsync(driver.Split));
    }

    [Fact]
    public async Task AFollowedFileIsResumedWhereItWasLeft()
    {
        string path = _folder.Write("a.csv", "Id,Text,Value,Maybe,Flag\n1,a,1,,true\n");
        Row second = new(2, "b", 2, null, false);
        string position;
        await using (SourceDriver<Row> first = await OpenAsync(FileSource.Csv<Row>(path, options: Follow)))
        {
            await ReadAsync(first.Split);
            position = first.Split.Position!;
        }

        Append(path, "2,b,2,,false\n");
        await using SourceDriver<Row> driver = await OpenAsync(FileSource.Csv<Row>(path, options: Follow));
        await driver.Split.SeekAsync(position, Token);
        Assert.Equal([second], await ReadAsync(driver.Split));
        Assert.Empty(driver.BadRecords);
    }

    [Fact]
    public async Task EachNewCsvFileHasItsOwnHeader()
    {
        string path = _folder.Write("a.csv", "Id,Text,Value,Maybe,Flag\n1,a,1,,true\n");
        await using SourceDriver<Row> driver = await OpenAsync(FileSource.Csv<Row>(path, options: Follow));
        await ReadAsync(driver.Split);
        _folder.Write("next", "Flag,Maybe,Value,Text,Id\ntrue,,1,b,2\n");
        File.Move(_folder["next"], path, overwrite: true);
        Assert.Equal([new Row(2, "b", 1, null, true)], await ReadAsync(driver.Split));
    }

    [Fact]
    public async Task AFileThatAppearsBecomesASplit()
    {
        _folder.Write("old.log", "old\n");
        await using SourceDriver<string> driver = await OpenAsync(_folder["*.log"]);
        Assert.True(driver.MoreSplitsMayCome);
        _folder.Write("new.log", "new\n");
        _folder.Write("new.txt", "no match\n");
        await _clock.UntilAsync(driver.WaitForSplitsAsync(2, Token));
        Assert.Equal([_folder["old.log"], _folder["new.log"]], driver.Splits.Select(s => s.Name));
        Assert.Equal(["new"], await ReadAsync(driver.Splits[1]));
        await _clock.PollAsync(3);
        Assert.Equal(2, driver.Splits.Count);
    }

    [Fact]
    public async Task AFollowedPatternWaitsForItsFirstFileAndItsFolder()
    {
        await using SourceDriver<string> driver = await OpenAsync(_folder["later/*.log"]);
        Assert.Empty(driver.Splits);
        await _clock.PollAsync(2);
        Directory.CreateDirectory(_folder["later"]);
        _folder.Write("later/a.log", "first\n");
        await _clock.UntilAsync(driver.WaitForSplitsAsync(1, Token));
        Assert.Equal(["first"], await ReadAsync(driver.Split));
    }

    [Fact]
    public async Task ACompressedFileIsReadToItsEndAndNotFollowed()
    {
        string path = _folder.Write("a.log.gz", TestFolder.Gzip(Encoding.UTF8.GetBytes("one\ntwo")));
        await using SourceDriver<string> driver = await OpenAsync(path);
        Assert.Equal(["one", "two"], await driver.ReadAllAsync(Token));
    }

    [Fact]
    public async Task WhatASinkFlushesAFollowerSees()
    {
        string path = _folder["live.jsonl"];
        await using SinkDriver<Row> sink =
            await SinkDriver.OpenAsync(Format.Of("jsonl").Sink(path, null), cancellationToken: Token);
        await using SourceDriver<Row> driver = await OpenAsync(Format.Of("jsonl").Source(path, Follow));
        for (int i = 0; i < 5; i++)
        {
            Row row = new(i, "live", i, i, true);
            Task<IReadOnlyList<Row>> read = driver.Split.ReadAsync(Token).AsTask();
            await sink.WriteAsync([row], Token);
            await sink.FlushAsync(Token);
            Assert.Equal([row], await _clock.UntilAsync(read));
        }
    }

    private static void Append(string path, string text)
    {
        using var file =
            new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private ValueTask<SourceDriver<string>> OpenAsync(string path) => OpenAsync(FileSource.Lines(path, Follow));

    private ValueTask<SourceDriver<T>> OpenAsync<T>(ISource<T> source) =>
        SourceDriver.OpenAsync(source, new SourceDriverOptions { Clock = _clock }, Token);

    private Task<IReadOnlyList<T>> ReadAsync<T>(SplitDriver<T> split) =>
        _clock.UntilAsync(split.ReadAsync(Token).AsTask());

    private async Task<IReadOnlyList<string>> ReadToAsync(
        SplitDriver<string> split, Task<IReadOnlyList<string>> begun, int count)
    {
        List<string> records = [.. await _clock.UntilAsync(begun)];
        while (records.Count < count)
        {
            records.AddRange(await ReadAsync(split));
        }

        return records;
    }
}
