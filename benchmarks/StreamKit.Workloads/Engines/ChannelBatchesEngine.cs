using System.Threading.Channels;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines;

/// <summary>A bounded channel of pooled batches and a loop that reads it.</summary>
internal sealed class ChannelBatchesEngine : ProgramEngine
{
    // Enough for both sides to run on while the other is held up; at 1,024 events per batch it is one megabyte.
    private const int BatchesOnTheWay = 64;

    public override string Name => "Channel batches";

    protected override async Task CarryAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options)
    {
        var channel = Channel.CreateBounded<ArraySegment<T>>(
            new BoundedChannelOptions(BatchesOnTheWay) { SingleReader = true, SingleWriter = true });
        Task writing = Task.Run(() => WriteAsync(feed, channel.Writer, options.Batch));
        await foreach (ArraySegment<T> batch in channel.Reader.ReadAllAsync())
        {
            program.Add(batch);
            Feed<T>.Return(batch);
        }

        await writing;
    }

    private static async Task WriteAsync<T>(Feed<T> feed, ChannelWriter<ArraySegment<T>> writer, int batchEvents)
    {
        try
        {
            foreach (ArraySegment<T> batch in feed.Batches(batchEvents))
            {
                await writer.WriteAsync(batch);
            }
        }
        finally
        {
            writer.Complete();
        }
    }
}
