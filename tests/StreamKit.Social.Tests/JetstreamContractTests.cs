using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Social.Tests;

/// <summary>Jetstream keeps what the engine relies on; its cursor lets it be read again.</summary>
public sealed class JetstreamContractTests : SourceContract<SocialPost>, IAsyncLifetime
{
    private const int Posts = 9;

    private JetstreamServer _server = null!;

    protected override IReadOnlyList<SocialPost> Records { get; } =
    [
        .. Enumerable.Range(1, Posts).Select(number => new SocialPost
        {
            Id = JetstreamServer.IdOf(number), Author = string.Empty, Text = string.Empty, Time = default,
        }),
    ];

    protected override IEqualityComparer<SocialPost> Comparer => SocialPostIds.Instance;

    public async ValueTask InitializeAsync()
    {
        _server = await JetstreamServer.StartAsync();
        for (int number = 1; number <= Posts; number++)
        {
            _server.Post(number);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override ISource<SocialPost> CreateSource() => SocialSource.Jetstream(new()
    {
        Endpoint = _server.Endpoint,
        StartAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        MaxPosts = Posts,
    });

    protected override ISource<SocialPost> CreateWaitingSource() =>
        SocialSource.Jetstream(new() { Endpoint = _server.Endpoint });
}
