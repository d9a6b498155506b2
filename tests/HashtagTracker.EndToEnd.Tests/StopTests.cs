using HashtagTracker.EndToEnd.Tests.Feeds;
using HashtagTracker.EndToEnd.Tests.Stores;
using HashtagTracker.Live;
using HashtagTracker.Tests.Contract;
using StreamKit.Checkpointing;

namespace HashtagTracker.EndToEnd.Tests;

/// <summary>What is left when a tracker is stopped, or killed, and what the next one makes of it.</summary>
[Collection(SharedWorld.Name)]
public sealed class StopTests(World world) : IDisposable
{
    private readonly ScratchFolder _checkpoints = new();

    private string[] TakesCheckpoints => ["--checkpoints", _checkpoints.File(""), "--checkpoint-every", "100ms"];

    public void Dispose() => _checkpoints.Dispose();

    [Theory]
    [InlineData("file", "30", "file")]
    [InlineData("file", "30", "redis")]
    [InlineData("file", "30", "postgres")]
    [InlineData("simulator", "2", "postgres")]
    public async Task AfterATrackerIsKilledTheNextGoesOnAndEveryCountIsThereOnce(
        string source, string speed, string sink)
    {
        await using Feed feed = await Feed.StartAsync(source, world);
        await using Store store = await Store.StartAsync(sink, world);
        string[] options = [.. feed.Options, .. store.Options, .. WrittenPost.Windows, .. TakesCheckpoints];

        // The simulated tweets may come so late that no window is complete before the end: all is in the state.
        await using (ShownTracker tracker = await ShownTracker.StartAsync(0, [.. options, "--speed", speed]))
        {
            DashboardSnapshot killed = await tracker.UntilAsync(async _ => await CompletedAsync() >= 3
                && (source == "simulator" || await HasRowsAsync(store)));
            Assert.InRange(killed.Tweets, 1, feed.Records - 1);
        }

        await using (ShownTracker tracker = await ShownTracker.StartAsync(0, [.. options, "--speed", "max"]))
        {
            DashboardSnapshot ended = await tracker.UntilAsync(said => said.Ended);
            Assert.InRange(ended.Tweets, 1, feed.Records - 1);
            await tracker.EndAsync();
        }

        Assert.Equal(Recount.Csv(feed.Posts), NaiveRecount.Csv(await store.ReadAsync()));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("postgres")]
    public async Task ATopicIsReadOnWhereTheTrackerThatWasKilledHadComeTo(string sink)
    {
        await using var feed = new KafkaFeed(world);
        await using Store store = await Store.StartAsync(sink, world);
        string[] options = [.. feed.Options, .. store.Options, .. WrittenPost.Windows, .. TakesCheckpoints];
        feed.SendFirst(1500);
        await using (ShownTracker tracker = await ShownTracker.StartAsync(0, options))
        {
            await tracker.UntilAsync(async said => said.Tweets == 1500 && await HasRowsAsync(store));
        }

        await feed.SendAsync();
        await using (ShownTracker tracker = await ShownTracker.StartAsync(0, options))
        {
            DateTimeOffset last = Recount.LastEnd(feed.Posts);
            DashboardSnapshot done = await tracker.UntilAsync(said => said.WindowEnd == last);
            Assert.InRange(done.Tweets, 1500, feed.Records - 1);
            await tracker.EndAsync();
        }

        Assert.Equal(Recount.Csv(feed.Posts), NaiveRecount.Csv(await store.ReadAsync()));
    }

    [Fact]
    public async Task WithoutCheckpointsATrackerThatIsAskedToEndWritesTheWindowsThatAreOpen()
    {
        await using var feed = new KafkaFeed(world);
        await using var store = new FileStore();
        feed.SendFirst(feed.Posts.Count);
        await using ShownTracker tracker = await ShownTracker.StartAsync(
            0, [.. feed.Options, .. store.Options, .. WrittenPost.Windows]);
        await tracker.UntilAsync(said => said.Tweets == feed.Posts.Count);
        Assert.NotEqual(Recount.Csv(feed.Posts), NaiveRecount.Csv(await store.ReadAsync()));
        await tracker.EndAsync();
        Assert.Equal(Recount.Csv(feed.Posts), NaiveRecount.Csv(await store.ReadAsync()));
    }

    [Fact]
    public async Task WithCheckpointsTheWindowsThatAreOpenAreLeftToTheNext()
    {
        await using var feed = new KafkaFeed(world);
        await using var store = new FileStore();
        string[] options = [.. feed.Options, .. store.Options, .. WrittenPost.Windows, .. TakesCheckpoints];
        feed.SendFirst(feed.Posts.Count);
        await using (ShownTracker tracker = await ShownTracker.StartAsync(0, options))
        {
            await tracker.UntilAsync(said => said.Tweets == feed.Posts.Count);
            await tracker.EndAsync();
        }

        Assert.Subset(Recount.Of(feed.Posts).ToHashSet(), (await store.ReadAsync()).ToHashSet());
        Assert.NotEqual(Recount.Csv(feed.Posts), NaiveRecount.Csv(await store.ReadAsync()));
        await feed.SendAsync();
        await using (ShownTracker tracker = await ShownTracker.StartAsync(0, options))
        {
            DateTimeOffset last = Recount.LastEnd(feed.Posts);
            DashboardSnapshot done = await tracker.UntilAsync(said => said.WindowEnd == last);
            Assert.Equal(feed.Records - feed.Posts.Count, done.Tweets);
            await tracker.EndAsync();
        }

        Assert.Equal(Recount.Csv(feed.Posts), NaiveRecount.Csv(await store.ReadAsync()));
    }

    private async Task<int> CompletedAsync() => (await StreamKit.Checkpoints.ListAsync(
        new DirectoryCheckpointStore(_checkpoints.File("")), "hashtags", TestContext.Current.CancellationToken)).Count;

    // A table that the tracker is only about to make is not there yet.
    private static async Task<bool> HasRowsAsync(Store store)
    {
        try
        {
            return (await store.ReadAsync()).Any();
        }
        catch (Npgsql.PostgresException missing) when (missing.SqlState == Npgsql.PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }
}
