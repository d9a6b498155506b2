using StreamKit.Connectors;
using StreamKit.Diagnostics;

namespace StreamKit.Twitter.Tests;

/// <summary>What a replay delivers of a recording that is in order.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly ReplayFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("a.jsonl"), InlineData("a.json"), InlineData("A.JSONL")]
    public async Task PostsComeInTheOrderOfTheFile(string name)
    {
        string path = _folder.WriteLines(name, [.. Enumerable.Range(1, 5000).Select(id => ReplayFolder.Post(id))]);
        Assert.Equal(Enumerable.Range(1, 5000).Select(id => (long)id), await ReplayJob.IdsAsync(path));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public async Task APackedFileMayHaveSeveralMembers(int members)
    {
        string[] lines = [.. Enumerable.Range(1, 1000).Select(id => ReplayFolder.Post(id) + "\n")];
        IEnumerable<byte[]> packed = lines.Chunk(1000 / members)
            .Select(chunk => ReplayFolder.Pack(string.Concat(chunk)));
        string path = _folder.Write("a.jsonl.gz", [.. packed.SelectMany(bytes => bytes)]);
        Assert.Equal(Enumerable.Range(1, 1000).Select(id => (long)id), await ReplayJob.IdsAsync(path));
    }

    [Fact]
    public async Task AMemberMayEndWithinALine()
    {
        string line = ReplayFolder.Post(1);
        string path = _folder.Write("a.gz", [.. ReplayFolder.Pack(line[..20]), .. ReplayFolder.Pack(line[20..])]);
        Assert.Equal((long[])[1], await ReplayJob.IdsAsync(path));
    }

    [Theory, InlineData("\n"), InlineData("\r\n")]
    public async Task LinesMayEndInLineFeedOrCarriageReturnAndLineFeedAndTheLastInNothing(string end)
    {
        string content = ReplayFolder.Post(1) + end + end + ReplayFolder.Post(2) + end + ReplayFolder.Post(3);
        Assert.Equal((long[])[1, 2, 3], await ReplayJob.IdsAsync(_folder.Write("a.jsonl", content)));
        Assert.Equal((long[])[1, 2, 3], await ReplayJob.IdsAsync(_folder.Write("b.jsonl", content + end)));
    }

    [Fact]
    public async Task NoticesArePassedOverAndPagesDeliverEachPost()
    {
        string path = Mixed();
        Assert.Equal((long[])[1, 2, 3, 4], await ReplayJob.IdsAsync(path));
        Assert.Equal((long[])[1, 2, 3, 4], await ReplayJob.IdsAsync(path, batchSize: 1));
    }

    [Fact]
    public async Task ReplayMessagesDeliversEveryMessageOnce()
    {
        List<StreamMessage> messages = await ReplayJob.RunAsync(TwitterSource.ReplayMessages(Mixed()));
        Assert.Equal(
            ["tweet 1", "delete 1 7", "keep-alive", "tweet 2 | tweet 3", "unknown what", "tweet 4"],
            messages.Select(Summary.Of));
    }

    [Theory, InlineData("a.jsonl"), InlineData("a.gz")]
    public async Task AnEmptyFileDeliversNothing(string name)
    {
        Assert.Empty(await ReplayJob.IdsAsync(_folder.Write(name, [])));
        Assert.Empty(await ReplayJob.IdsAsync(_folder.Write("b.gz", ReplayFolder.Pack(""))));
    }

    [Fact]
    public async Task AFileOfNoticesAloneDeliversNothingAndEnds()
    {
        string[] notices = [.. Enumerable.Range(1, 3000).Select(id => ReplayFolder.Delete(id))];
        string path = _folder.WriteLines("a.jsonl", notices);
        Assert.Empty(await ReplayJob.IdsAsync(path));
    }

    [Fact]
    public async Task OneSourceCanBeReplayedByJobAfterJob()
    {
        ISource<Tweet> source = TwitterSource.Replay(Mixed());
        Assert.Equal(4, (await ReplayJob.RunAsync(source)).Count);
        Assert.Equal(4, (await ReplayJob.RunAsync(source)).Count);
        Assert.Equal(Replayability.Full, source.Replayability);
    }

    [Theory, InlineData("absent.jsonl"), InlineData("absent/absent.gz")]
    public async Task AnAbsentFileFailsTheJobAndIsNamed(string name)
    {
        string path = _folder.PathOf(name);
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => ReplayJob.IdsAsync(path));
        FileNotFoundException cause = Assert.IsType<FileNotFoundException>(failure.InnerException);
        Assert.Equal("tweets", failure.Operator);
        Assert.Equal(path, cause.FileName);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("a.bz2"), InlineData("a"), InlineData("a.jsonl.zst")]
    public void AFileOfAnUnknownKindIsRefusedWithTheKnownKinds(string path)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => TwitterSource.Replay(path));
        Assert.Contains(".jsonl, .json, .gz", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsAndSpeedsOutsideTheirRangeAreRefused()
    {
        ReplayOptions[] wrong =
        [
            new() { MaxLineBytes = 0 }, new() { MaxLineBytes = int.MaxValue }, new() { BufferBytes = 1023 },
            new() { BufferBytes = (1 << 24) + 1 },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(
            () => TwitterSource.ReplayMessages("a.jsonl", options: options)));
        Assert.All([0, -1, double.NaN, double.PositiveInfinity], factor => Assert.Throws<ArgumentOutOfRangeException>(
            () => ReplaySpeed.Times(factor)));
        Assert.Throws<ArgumentException>(() => TwitterSource.Replay(""));
    }

    private string Mixed() => _folder.WriteLines(
        "mixed.jsonl",
        ReplayFolder.Post(1),
        ReplayFolder.Delete(1),
        "",
        ReplayFolder.Page((2, 1), (3, 0)),
        """{"what":{}}""",
        ReplayFolder.Post(4));
}
