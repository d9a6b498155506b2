using HashtagTracker.Tests.Contract;

namespace HashtagTracker.Browser.Tests;

/// <summary>A tracker that has counted a file of two minutes, and shows the second.</summary>
public sealed class QuietTracker : IAsyncLifetime
{
    /// <summary>A tag that has no room in its row.</summary>
    public static readonly string LongTag = new('w', 90);

    private readonly ScratchFolder _folder = new();

    internal ShownTracker Tracker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // More tags than places.
        string[] tags = [.. Enumerable.Range(0, 14).Select(tag => tag == 3 ? LongTag : $"tag{tag}")];
        string[] lines =
        [
            .. tags.SelectMany((tag, i) => Enumerable.Repeat(WrittenTweet.Line(10 + i, tag), 900 - (i * 20))),
            .. Enumerable.Repeat(WrittenTweet.Line(70, "tag1", "tag2"), 1500),
            .. tags.Skip(3).SelectMany((tag, i) => Enumerable.Repeat(WrittenTweet.Line(80, tag), 999 - (i * i * 8))),
        ];
        string file = await _folder.WriteAsync("tweets.jsonl", lines);
        Tracker = await ShownTracker.StartAsync(0, "--input", file, "--window", "60s");
    }

    public async ValueTask DisposeAsync()
    {
        await Tracker.DisposeAsync();
        _folder.Dispose();
    }
}
