using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Twitter.Framing;
using StreamKit.Twitter.Replaying;

namespace StreamKit.Twitter.Tests;

/// <summary>Reading on from a position delivers what the reader before would have delivered next.</summary>
public sealed class ReplayResumeTests : IDisposable
{
    private static readonly string[] s_lines =
    [
        ReplayFolder.Delete(1), ReplayFolder.Post(1) + "\r", "", ReplayFolder.Page((2, 1), (3, 2), (4, 3)), "{broken",
        ReplayFolder.Post(5), ReplayFolder.Delete(2), ReplayFolder.Page((6, 1), (7, 2)), ReplayFolder.Page((8, 2)),
        new string('x', 2000), ReplayFolder.Post(9), ReplayFolder.Delete(3),
    ];

    private readonly ReplayFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl", 1)]
    [InlineData("a.jsonl", 2)]
    [InlineData("a.gz", 1)]
    [InlineData("a.gz", 2)]
    public async Task EveryPositionResumesExactly(string name, int batchSize)
    {
        string path = Write(name);
        await AssertResumesAsync(() => Source(path), tweet => $"{tweet.Id}", batchSize, expected: 9);
    }

    [Theory, InlineData("a.jsonl"), InlineData("a.gz")]
    public async Task EveryPositionOfAllMessagesResumesExactly(string name)
    {
        string path = Write(name);
        await AssertResumesAsync(
            () => TwitterSource.ReplayMessages(path, options: s_options), Summary.Of, batchSize: 1, expected: 10);
    }

    [Fact]
    public async Task APositionNamesTheLineTheByteAndThePostsBefore()
    {
        var source = new ReplayWatchedSource<Tweet>(Source(_folder.WriteLines("a.jsonl", s_lines)));
        await ReplayJob.RunAsync(source, ErrorPolicy.Skip, batchSize: 1);
        long page = s_lines.Take(3).Sum(line => line.Length + 1L);
        long next = page + s_lines[3].Length + 1;
        Assert.Equal(
            [$"line 3, byte {page - 1}", $"line 4, byte {page}, after post 1", $"line 4, byte {page}, after post 2",
                $"line 5, byte {next}"],
            source.Positions.Skip(1).Take(4));
    }

    [Theory, InlineData("a.jsonl"), InlineData("a.gz")]
    public async Task APositionBehindTheEndSaysThatTheFileIsAnother(string name)
    {
        string path = Write(name);
        var source = new ReplayWatchedSource<Tweet>(Source(path), "line 99, byte 1000000");
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => ReplayJob.RunAsync(source));
        Assert.Contains($"'{path}' ends before byte 1000000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APositionInAPageThatHasFewerPostsSaysThatTheFileIsAnother()
    {
        string path = _folder.WriteLines("a.jsonl", ReplayFolder.Page((1, 0), (2, 0)));
        var source = new ReplayWatchedSource<Tweet>(Source(path), "line 1, byte 0, after post 3");
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => ReplayJob.RunAsync(source));
        Assert.Contains("fewer than 3 posts in line 1, byte 0", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("line 0, byte 0")]
    [InlineData("line 1, byte -1")]
    [InlineData("line 1, byte 99999999999999999999")]
    [InlineData("line 1, byte 0, after post 3000000000")]
    [InlineData("line 1, byte 0\n")]
    public void ATextThatIsNoPositionIsRefused(string position) =>
        Assert.Throws<ArgumentException>(() => ReplayPosition.Parse(position));

    [Theory, InlineData(1, 0, 0), InlineData(long.MaxValue, long.MaxValue, int.MaxValue), InlineData(17, 40213, 2)]
    public void APositionIsReadAsItWasWritten(long line, long offset, int before)
    {
        var position = new ReplayPosition(new LinePosition(line, offset), before);
        Assert.Equal(position, ReplayPosition.Parse(position.ToString()));
    }

    private static readonly ReplayOptions s_options = new() { MaxLineBytes = 1000, BufferBytes = 1024 };

    private static ISource<Tweet> Source(string path) => TwitterSource.Replay(path, options: s_options);

    private static async Task AssertResumesAsync<T>(
        Func<ISource<T>> source, Func<T, string> text, int batchSize, int expected)
    {
        var first = new ReplayWatchedSource<T>(source());
        string[] all = [.. (await ReplayJob.RunAsync(first, ErrorPolicy.Skip, batchSize)).Select(text)];
        Assert.Equal(expected, all.Length);
        List<int> lefts = [];
        foreach (string position in first.Positions)
        {
            var resumed = new ReplayWatchedSource<T>(source(), position);
            string[] rest = [.. (await ReplayJob.RunAsync(resumed, ErrorPolicy.Skip, batchSize)).Select(text)];
            Assert.Equal(all[^rest.Length..], rest);
            Assert.Equal(position, resumed.Positions[0]);
            lefts.Add(rest.Length);
        }

        // One read delivers at least one record and at most a batch.
        Assert.Equal((expected, 0), (lefts[0], lefts[^1]));
        Assert.All(lefts.Zip(lefts.Skip(1)), step => Assert.InRange(step.First - step.Second, 1, batchSize));
    }

    private string Write(string name)
    {
        string content = string.Join('\n', s_lines);
        return name.EndsWith(".gz", StringComparison.Ordinal)
            ? _folder.Write(name, ReplayFolder.Pack(content))
            : _folder.Write(name, content);
    }
}
