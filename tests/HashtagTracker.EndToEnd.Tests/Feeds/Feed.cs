namespace HashtagTracker.EndToEnd.Tests.Feeds;

/// <summary>A source of the tracker, with what goes into it.</summary>
internal abstract class Feed : IAsyncDisposable
{
    /// <summary>Every source, by the name that the command line has for it.</summary>
    public static IReadOnlyList<string> Names { get; } = ["simulator", "file", "kafka", "twitter", "bluesky"];

    /// <summary>What the tracker is told.</summary>
    public abstract IReadOnlyList<string> Options { get; }

    /// <summary>All that goes in.</summary>
    public virtual IReadOnlyList<WrittenPost> Posts { get; } = WrittenPost.Some(3000);

    /// <summary>How many records the tracker reads.</summary>
    public virtual int Records => Posts.Count;

    /// <summary>Starts one.</summary>
    public static async Task<Feed> StartAsync(string name, World world) => name switch
    {
        "simulator" => new SimulatorFeed(),
        "file" => await FileFeed.StartAsync(),
        "kafka" => new KafkaFeed(world),
        "twitter" => await TwitterFeed.StartAsync(),
        _ => await BlueskyFeed.StartAsync(),
    };

    /// <summary>Sends the posts, where they are not there from the beginning, and one that closes all
    /// windows.</summary>
    public virtual Task SendAsync() => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
