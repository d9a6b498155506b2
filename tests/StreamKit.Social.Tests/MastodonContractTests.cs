using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Social.Tests;

/// <summary>Mastodon's stream keeps what the engine relies on.</summary>
public sealed class MastodonContractTests : SourceContract<SocialPost>, IAsyncLifetime
{
    private const int Posts = 9;

    private LocalServer _server = null!;
    private LocalServer _silent = null!;

    protected override IReadOnlyList<SocialPost> Records { get; } =
    [
        .. Enumerable.Range(1, Posts).Select(id => new SocialPost
        {
            Id = MastodonServer.Id(id), Author = string.Empty, Text = string.Empty, Time = default,
        }),
    ];

    protected override IEqualityComparer<SocialPost> Comparer => SocialPostIds.Instance;

    // Each who connects gets the same posts, as if they came just now.
    public async ValueTask InitializeAsync()
    {
        _server = await LocalServer.StartAsync(async (http, stop) =>
        {
            http.Response.ContentType = "text/event-stream";
            foreach (int id in Enumerable.Range(1, Posts))
            {
                await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                    http.Response, $"event: update\ndata: {MastodonServer.Status(id)}\n\n", stop);
            }

            await http.Response.Body.FlushAsync(stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        });
        _silent = await LocalServer.StartAsync((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _silent.DisposeAsync();
    }

    protected override ISource<SocialPost> CreateSource() =>
        SocialSource.Mastodon(new() { Server = _server.Address, MaxPosts = Posts });

    protected override ISource<SocialPost> CreateWaitingSource() =>
        SocialSource.Mastodon(new() { Server = _silent.Address });
}
