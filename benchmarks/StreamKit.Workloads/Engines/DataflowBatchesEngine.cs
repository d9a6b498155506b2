using System.Threading.Tasks.Dataflow;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines;

/// <summary>TPL Dataflow with whole batches as its messages.</summary>
internal sealed class DataflowBatchesEngine : ProgramEngine
{
    // As for the channel of batches.
    private const int BatchesOnTheWay = 64;

    public override string Name => "Dataflow batches";

    protected override async Task CarryAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options)
    {
        var block = new ActionBlock<ArraySegment<T>>(
            batch =>
            {
                program.Add(batch);
                Feed<T>.Return(batch);
            },
            new ExecutionDataflowBlockOptions { BoundedCapacity = BatchesOnTheWay, SingleProducerConstrained = true });
        foreach (ArraySegment<T> batch in feed.Batches(options.Batch))
        {
            await block.SendAsync(batch);
        }

        block.Complete();
        await block.Completion;
    }
}
