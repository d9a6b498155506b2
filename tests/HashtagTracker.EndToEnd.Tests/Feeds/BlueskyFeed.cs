using System.Globalization;
using System.Text.Json;
using StreamKit.Social.Tests;

namespace HashtagTracker.EndToEnd.Tests.Feeds;

/// <summary>A Jetstream of Bluesky.</summary>
internal sealed class BlueskyFeed(JetstreamServer server) : Feed
{
    public override IReadOnlyList<string> Options =>
    [
        "--source", "bluesky", "--bluesky", server.Endpoint.AbsoluteUri, "--out-of-orderness",
        $"{WrittenPost.Disorder}s",
    ];

    public override int Records => Posts.Count + 1;

    public static async Task<BlueskyFeed> StartAsync() => new(await JetstreamServer.StartAsync());

    public override async Task SendAsync()
    {
        while (server.Open == 0)
        {
            await Task.Yield();
        }

        foreach ((int number, WrittenPost post) in Posts.Append(WrittenPost.Closing).Index())
        {
            server.Send(number, Event(number, post));
        }
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Event(int number, WrittenPost post) => JsonSerializer.Serialize(new
    {
        did = "did:plc:someone",
        time_us = post.At.ToUnixTimeMilliseconds() * 1000,
        kind = "commit",
        commit = new
        {
            rev = number.ToString(CultureInfo.InvariantCulture),
            operation = "create",
            collection = "app.bsky.feed.post",
            rkey = $"post{number}",
            record = new { text = "", createdAt = post.At, tags = post.Tags },
            cid = "c",
        },
    });
}
