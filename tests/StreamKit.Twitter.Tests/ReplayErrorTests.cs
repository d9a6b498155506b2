using System.Text;
using StreamKit.Connectors;
using StreamKit.Diagnostics;

namespace StreamKit.Twitter.Tests;

/// <summary>What cannot be read goes to the error policy, and everything else is delivered.</summary>
public sealed class ReplayErrorTests : IDisposable
{
    private const string Broken = """{"data":{"id":"2","text":"cu""";

    private readonly ReplayFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ABrokenLineFailsTheJobAndTheMessageNamesTheSourceTheFileAndThePlace()
    {
        string path = OneBroken("a.jsonl");
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => ReplayJob.IdsAsync(path));
        Assert.StartsWith(
            $"Operator 'tweets' failed: '{path}', {PlaceOfBroken}: Byte ", failure.Message, StringComparison.Ordinal);
        Assert.IsType<TweetFormatException>(failure.InnerException?.InnerException);
    }

    [Fact]
    public async Task ABrokenLineIsSkippedAndCountedWhereThatIsThePolicy()
    {
        var builder = StreamBuilder.Create("t");
        List<Tweet> tweets = [];
        builder.From(TwitterSource.Replay(OneBroken("a.jsonl")), "tweets").ForEach(tweets.Add);
        await using StreamJob job = builder.Build().Start(new JobOptions { OnError = ErrorPolicy.Skip });
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1L, 3], tweets.Select(tweet => tweet.Id));
        Assert.Equal(1, job.GetMetrics().Of("tweets").Sum(metrics => metrics.Errors));
    }

    [Theory, InlineData("a.jsonl"), InlineData("a.gz")]
    public async Task ABrokenLineBecomesADeadLetterWithItsBytesAndItsPlace(string name)
    {
        string path = OneBroken(name);
        (long[] ids, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(path);
        DeadLetter letter = Assert.Single(dead);
        Assert.Equal([1L, 3], ids);
        Assert.Equal(("tweets", path, PlaceOfBroken), (letter.Operator, letter.Split, letter.Position));
        Assert.Equal(Broken, Encoding.UTF8.GetString(letter.Bytes.Span));
        Assert.IsType<TweetFormatException>(letter.Exception.InnerException);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1023)]
    [InlineData(5000)]
    [InlineData(300_000)]
    public async Task AnOverLongLineIsReportedWithItsBeginningAndReadingGoesOnBehindIt(int excess)
    {
        string[] lines = [ReplayFolder.Post(1), new string('x', 200 + excess), ReplayFolder.Post(2)];
        foreach (string end in (string[])["\n", "\r\n"])
        {
            string path = _folder.Write("a.jsonl", string.Concat(lines.Select(line => line + end)));
            (long[] ids, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(
                path, new ReplayOptions { MaxLineBytes = 200, BufferBytes = 1024 });
            DeadLetter letter = Assert.Single(dead);
            Assert.Equal([1L, 2], ids);
            Assert.Equal($"line 2, byte {lines[0].Length + end.Length}", letter.Position);
            Assert.Equal(new string('x', Math.Min(1024, 200 + excess)), Encoding.UTF8.GetString(letter.Bytes.Span));
            Assert.EndsWith(
                $"the line is {200 + excess} bytes long, more than MaxLineBytes (200)",
                letter.Exception.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ALineMayBeAsLongAsTheLimitWithoutItsLineEnd()
    {
        string post = ReplayFolder.Post(1);
        string path = _folder.Write("a.jsonl", post + "\r\n" + post + "\n" + post);
        var exact = new ReplayOptions { MaxLineBytes = post.Length };
        Assert.Equal(3, (await ReplayJob.IdsAsync(path, options: exact)).Length);
        (_, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(path, exact with { MaxLineBytes = post.Length - 1 });
        Assert.Equal(3, dead.Count);
    }

    [Fact]
    public async Task AnOverLongLastLineWithoutLineEndIsReportedToo()
    {
        string path = _folder.Write("a.jsonl", ReplayFolder.Post(1) + "\n" + new string('x', 100_000));
        (long[] ids, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(
            path, new ReplayOptions { MaxLineBytes = 5000, BufferBytes = 1024 });
        Assert.Equal([1L], ids);
        Assert.Equal(1024, Assert.Single(dead).Bytes.Length);
    }

    [Theory, InlineData(1), InlineData(1024)]
    public async Task ManyBrokenLinesAreAllReportedInTheirOrder(int batchSize)
    {
        string[] lines = [.. Enumerable.Range(0, 2500).Select(i => i % 10 == 0 ? ReplayFolder.Post(i + 1) : "{")];
        (long[] ids, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(
            _folder.WriteLines("a.jsonl", lines), batchSize: batchSize);
        Assert.Equal(250, ids.Length);
        Assert.Equal(
            Enumerable.Range(0, 2500).Where(i => i % 10 != 0).Select(i => $"line {i + 1}"),
            dead.Select(letter => letter.Position!.Split(',')[0]));
    }

    [Theory, InlineData(12, 1), InlineData(800, 17)]
    public async Task APackedFileThatIsCutOffAnywhereDeliversItsWholeLinesAndReportsTheBreakOnce(int posts, int step)
    {
        string[] lines = [.. Enumerable.Range(1, posts).Select(id => ReplayFolder.Post(id) + "\n")];
        byte[] first = ReplayFolder.Pack(string.Concat(lines[..(posts / 2)]));
        byte[] whole = [.. first, .. ReplayFolder.Pack(string.Concat(lines[(posts / 2)..]))];
        for (int length = 1; length < whole.Length; length += step)
        {
            (long[] ids, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(
                _folder.Write("a.gz", whole[..length]), new ReplayOptions { BufferBytes = 1024 });
            Assert.Equal(Enumerable.Range(1, ids.Length).Select(id => (long)id), ids);
            if (length == first.Length)
            {
                Assert.Equal((posts / 2, 0), (ids.Length, dead.Count)); // A whole file of one member.
                continue;
            }

            DeadLetter letter = Assert.Single(dead);
            int before = lines.Take(ids.Length).Sum(line => line.Length);
            string beginning = Encoding.UTF8.GetString(letter.Bytes.Span);
            Assert.Equal($"line {ids.Length + 1}, byte {before}", letter.Position);
            Assert.StartsWith(beginning, string.Concat(lines.Skip(ids.Length)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhatStandsBehindPackedDataOrInItsPlaceIsReported()
    {
        byte[] packed = ReplayFolder.Pack(ReplayFolder.Post(1) + "\n");
        byte[][] files = [[.. packed, 1, 2, 3], [.. packed, 0, 0, 0, 0], [.. packed, 0x1f], [.. packed, 0x1f, 0x8b]];
        foreach (byte[] file in files)
        {
            (long[] ids, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(_folder.Write("a.gz", file));
            Assert.Equal([1L], ids);
            Assert.Equal($"line 2, byte {ReplayFolder.Post(1).Length + 1}", Assert.Single(dead).Position);
        }

        (_, List<DeadLetter> never) = await ReplayJob.SalvageAsync(_folder.WriteLines("a.gz", ReplayFolder.Post(1)));
        Assert.Equal("line 1, byte 0", Assert.Single(never).Position);
    }

    [Fact]
    public async Task AChangedByteInPackedDataNeverGoesUnseen()
    {
        string content = string.Concat(Enumerable.Range(1, 20).Select(id => ReplayFolder.Post(id) + "\n"));
        byte[] packed = ReplayFolder.Pack(content);
        for (int at = 10; at < packed.Length; at++)
        {
            byte[] changed = [.. packed];
            changed[at] ^= 0x10;
            (_, List<DeadLetter> dead) = await ReplayJob.SalvageAsync(_folder.Write("a.gz", changed));
            Assert.NotEmpty(dead);
        }
    }

    [Fact]
    public async Task ABrokenPackedFileFailsTheJobWithTheFileAndThePlace()
    {
        byte[] packed = ReplayFolder.Pack(ReplayFolder.Post(1) + "\n");
        string path = _folder.Write("a.gz", packed[..^4]);
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => ReplayJob.IdsAsync(path));
        Assert.StartsWith(
            $"Operator 'tweets' failed: '{path}', line ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the gzip data is damaged or cut off", failure.Message, StringComparison.Ordinal);
    }

    private static string PlaceOfBroken => $"line 2, byte {ReplayFolder.Post(1).Length + 1}";

    private string OneBroken(string name)
    {
        string content = $"{ReplayFolder.Post(1)}\n{Broken}\r\n{ReplayFolder.Post(3)}\n";
        return name.EndsWith(".gz", StringComparison.Ordinal)
            ? _folder.Write(name, ReplayFolder.Pack(content))
            : _folder.Write(name, content);
    }
}
