using Akka.Streams;
using Akka.Streams.Dsl;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines;

/// <summary>Akka.Streams with single events as its elements; W6 in its own operators, fused.</summary>
internal sealed class AkkaItemsEngine : ProgramEngine
{
    // It moves a few million elements per second.
    private const int MostEventsOfARun = 2_000_000;

    public override string Name => "Akka items";

    public override int MostEvents(string workload) => MostEventsOfARun;

    protected override async Task CarryAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options)
    {
        using ActorMaterializer materializer = AkkaSystem.CreateMaterializer();
        await Source.From(feed.Items())
            .RunForeach(item => program.Add(new ReadOnlySpan<T>(in item)), materializer);
    }

    protected override async Task<Checksum> CountTagsAsync(TweetRecord[] input, RunOptions options)
    {
        using ActorMaterializer materializer = AkkaSystem.CreateMaterializer();
        (long count, long characters) = await Source.From(input)
            .Where(static tweet => tweet.Language < 8)
            .Select(static tweet => (Score: tweet.Followers * 2 + 1, tweet.Tags))
            .Select(static tweet => (tweet.Score & 7) == 5 ? [] : tweet.Tags)
            .SelectMany(static tags => tags)
            .RunAggregate(
                (Count: 0L, Characters: 0L),
                static (total, tag) => (total.Count + 1, total.Characters + tag.Length),
                materializer);
        var result = default(Checksum);
        result.Add(0, 0, count, characters);
        return result;
    }
}
