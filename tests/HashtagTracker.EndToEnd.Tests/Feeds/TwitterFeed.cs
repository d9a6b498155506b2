using StreamKit.Twitter.Simulator;

namespace HashtagTracker.EndToEnd.Tests.Feeds;

/// <summary>The filtered stream of X.</summary>
internal sealed class TwitterFeed(TwitterSimulator server) : Feed
{
    private const string Variable = "HASHTAG_TRACKER_BEARER";

    public override IReadOnlyList<string> Options =>
    [
        "--source", "twitter", "--twitter", server.Endpoint.AbsoluteUri, "--bearer-env", Variable,
        "--out-of-orderness", $"{WrittenPost.Disorder}s",
    ];

    public override int Records => Posts.Count + 1;

    public static async Task<TwitterFeed> StartAsync()
    {
        Environment.SetEnvironmentVariable(Variable, "a-token");
        TwitterSimulator server = await TwitterSimulator.StartAsync(
            new() { BearerToken = "a-token" }, TestContext.Current.CancellationToken);
        server.AddRule("streams");
        return new TwitterFeed(server);
    }

    public override async Task SendAsync()
    {
        await server.WaitForStreamsAsync(1, TestContext.Current.CancellationToken);
        foreach ((int id, WrittenPost post) in Posts.Append(WrittenPost.Closing).Index())
        {
            string tags = string.Concat(post.Tags.Select(tag => " #" + tag));
            server.Publish(new SimulatedPost(id + 1, "streams" + tags, post.At));
        }
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
