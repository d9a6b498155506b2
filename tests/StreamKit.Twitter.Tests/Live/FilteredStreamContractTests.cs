using StreamKit.Connectors;
using StreamKit.Conformance;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>The live stream keeps what the engine relies on; back-fill lets it be read again.</summary>
public sealed class FilteredStreamContractTests : SourceContract<Tweet>, IAsyncLifetime
{
    private readonly List<Tweet> _records = [];
    private TwitterSimulator _x = null!;

    protected override IReadOnlyList<Tweet> Records => _records;

    protected override IEqualityComparer<Tweet> Comparer => TweetIds.Instance;

    public async ValueTask InitializeAsync()
    {
        _x = await TwitterSimulator.StartAsync(
            new() { MaxConnections = 100, ConnectLimit = 10_000 }, TestContext.Current.CancellationToken);
        _x.AddRule("coffee");
        var posts = new PostGenerator(seed: 1);
        for (int i = 0; i < 9; i++)
        {
            SimulatedPost post = posts.Next(TimeProvider.System.GetUtcNow()) with { Text = $"coffee {i}" };
            _x.Publish(post);
            _records.Add(new Tweet { Id = post.Id, CreatedAt = post.CreatedAt, Text = post.Text });
        }
    }

    public ValueTask DisposeAsync() => _x.DisposeAsync();

    [Fact]
    public void WithBackfillItCanBeReadAgainWithinABoundAndWithoutNotAtAll()
    {
        Assert.Equal(Replayability.Bounded, CreateSource().Replayability);
        Assert.Equal(Replayability.None, CreateWaitingSource()!.Replayability);
    }

    protected override ISource<Tweet> CreateSource() =>
        TwitterSource.FilteredStream(Options with { BackfillMinutes = 5, MaxPosts = _records.Count });

    protected override ISource<Tweet>? CreateWaitingSource() => TwitterSource.FilteredStream(Options);

    private FilteredStreamOptions Options => new()
    {
        Access = TwitterAccess.FromCallback(_ => new("any")) with { Endpoint = _x.Endpoint },
    };
}
