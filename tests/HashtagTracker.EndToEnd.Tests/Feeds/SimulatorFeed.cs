using HashtagTracker.Simulation;

namespace HashtagTracker.EndToEnd.Tests.Feeds;

/// <summary>Tweets that the tracker invents; they are invented here once more, to be counted.</summary>
internal sealed class SimulatorFeed : Feed
{
    private static readonly SimulatorOptions s_options = new() { Seed = 7, Count = 5000 };

    // A late tweet comes some two minutes late at most, and its repetition a little later.
    public override IReadOnlyList<string> Options { get; } =
    [
        "--source", "simulator", "--tweets", "5000", "--seed", "7", "--start", Recount.Text(s_options.Start),
        "--out-of-orderness", "3m",
    ];

    public override IReadOnlyList<WrittenPost> Posts { get; } =
    [
        .. new TweetSimulator(s_options).Generate().Select(tweet => new WrittenPost(tweet.CreatedAt, tweet.Hashtags)),
    ];

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
