using HashtagTracker.Tests.Contract;

namespace HashtagTracker.EndToEnd.Tests.Feeds;

/// <summary>Tweets in a file.</summary>
internal sealed class FileFeed : Feed
{
    private readonly ScratchFolder _folder = new();

    private FileFeed()
    {
    }

    public override IReadOnlyList<string> Options =>
        ["--source", "file", "--input", _folder.File("posts.jsonl"), "--out-of-orderness", $"{WrittenPost.Disorder}s"];

    public static async Task<FileFeed> StartAsync()
    {
        var feed = new FileFeed();
        await feed._folder.WriteAsync(
            "posts.jsonl", feed.Posts.Select(post => WrittenTweet.Line(post.At, [.. post.Tags])));
        return feed;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
