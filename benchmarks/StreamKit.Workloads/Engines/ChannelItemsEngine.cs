using System.Threading.Channels;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines;

/// <summary>A bounded channel of single events, as most programs use one.</summary>
internal sealed class ChannelItemsEngine : ProgramEngine
{
    // As much as the channel of batches holds.
    private const int EventsOnTheWay = 1 << 16;

    public override string Name => "Channel items";

    protected override async Task CarryAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options)
    {
        var channel = Channel.CreateBounded<T>(
            new BoundedChannelOptions(EventsOnTheWay) { SingleReader = true, SingleWriter = true });
        Task writing = Task.Run(() => WriteAsync(feed, channel.Writer));
        while (await channel.Reader.WaitToReadAsync())
        {
            ReadAvailable(channel.Reader, program);
        }

        await writing;
    }

    private static void ReadAvailable<T>(ChannelReader<T> reader, IProgram<T> program)
    {
        while (reader.TryRead(out T? item))
        {
            program.Add(new ReadOnlySpan<T>(in item));
        }
    }

    private static async Task WriteAsync<T>(Feed<T> feed, ChannelWriter<T> writer)
    {
        try
        {
            foreach (T item in feed.Items())
            {
                if (!writer.TryWrite(item))
                {
                    await writer.WriteAsync(item);
                }
            }
        }
        finally
        {
            writer.Complete();
        }
    }
}
