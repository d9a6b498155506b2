using System.Threading.Tasks.Dataflow;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines;

/// <summary>TPL Dataflow with single events as its messages; W6 as a chain of its blocks.</summary>
internal sealed class DataflowItemsEngine : ProgramEngine
{
    // Each message takes locks in every block that it passes.
    private const int MostEventsOfAProgram = 2_000_000;
    private const int MostEventsOfAChain = 500_000;

    private static readonly ExecutionDataflowBlockOptions s_block =
        new() { BoundedCapacity = 1 << 16, SingleProducerConstrained = true };

    private static readonly DataflowLinkOptions s_link = new() { PropagateCompletion = true };

    public override string Name => "Dataflow items";

    public override int MostEvents(string workload) => workload == "W6" ? MostEventsOfAChain : MostEventsOfAProgram;

    protected override async Task CarryAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options)
    {
        var block = new ActionBlock<T>(item => program.Add(new ReadOnlySpan<T>(in item)), s_block);
        await SendAsync(feed.Items(), block);
        await block.Completion;
    }

    protected override async Task<Checksum> CountTagsAsync(TweetRecord[] input, RunOptions options)
    {
        long count = 0;
        long characters = 0;
        var first = new BufferBlock<TweetRecord>(s_block);
        var scored = new TransformBlock<TweetRecord, (int Score, string[] Tags)>(
            static tweet => (tweet.Followers * 2 + 1, tweet.Tags), s_block);
        var chosen = new TransformBlock<(int Score, string[] Tags), string[]>(
            static tweet => (tweet.Score & 7) == 5 ? [] : tweet.Tags, s_block);
        var tags = new TransformManyBlock<string[], string>(static tags => tags, s_block);
        var totals = new ActionBlock<string>(
            tag =>
            {
                count++;
                characters += tag.Length;
            },
            s_block);
        first.LinkTo(scored, s_link, static tweet => tweet.Language < 8);

        // With a condition of its own: a block that is full lets a message go by, and this one would swallow it.
        first.LinkTo(DataflowBlock.NullTarget<TweetRecord>(), static tweet => tweet.Language >= 8);
        scored.LinkTo(chosen, s_link);
        chosen.LinkTo(tags, s_link);
        tags.LinkTo(totals, s_link);
        await SendAsync(input, first);
        await totals.Completion;
        var result = default(Checksum);
        result.Add(0, 0, count, characters);
        return result;
    }

    private static async Task SendAsync<T>(IEnumerable<T> items, ITargetBlock<T> block)
    {
        foreach (T item in items)
        {
            if (!block.Post(item))
            {
                await block.SendAsync(item);
            }
        }

        block.Complete();
    }
}
