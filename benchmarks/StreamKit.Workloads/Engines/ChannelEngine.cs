using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines;

/// <summary>A bounded channel of pooled batches and, for W1, a dictionary that is emptied once a second.</summary>
internal sealed class ChannelEngine : IEngine
{
    private const int WindowMs = 1000;

    // Enough for both sides to run on while the other is held up; at 1,024 events per batch it is one megabyte.
    private const int BatchesOnTheWay = 64;

    public string Name => "Channel";

    public bool Supports(string workload, RunOptions options) =>
        workload is "W1" or "W6" && options.Lanes == 1;

    public Task<Checksum> RunAsync(Workload workload, RunOptions options) => workload switch
    {
        SingleInputWorkload<Event> { Name: "W1" } w1 => CountPerKeyAsync(w1.Input, options.Batch),
        SingleInputWorkload<TweetRecord> w6 => CountTagsAsync(w6.Input, options.Batch),
        _ => throw new NotSupportedException($"{Name} does not run {workload.Name}"),
    };

    private static async Task<Checksum> CountPerKeyAsync(Event[] input, int batchEvents)
    {
        ChannelReader<ArraySegment<Event>> batches = Produce(input, batchEvents);
        var totals = new Dictionary<int, Total>();
        var result = default(Checksum);
        long endMs = long.MinValue;
        await foreach (ArraySegment<Event> batch in batches.ReadAllAsync())
        {
            foreach (ref readonly Event e in batch.AsSpan())
            {
                if (e.TimestampMs >= endMs)
                {
                    Emit(totals, endMs - WindowMs, ref result);
                    endMs = (e.TimestampMs / WindowMs + 1) * WindowMs;
                }

                ref Total total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, e.Key, out _);
                total.Count++;
                total.Sum += e.Value;
            }

            ArrayPool<Event>.Shared.Return(batch.Array!);
        }

        Emit(totals, endMs - WindowMs, ref result);
        return result;
    }

    private static async Task<Checksum> CountTagsAsync(TweetRecord[] input, int batchTweets)
    {
        ChannelReader<ArraySegment<TweetRecord>> batches = Produce(input, batchTweets);
        long count = 0;
        long characters = 0;
        await foreach (ArraySegment<TweetRecord> batch in batches.ReadAllAsync())
        {
            foreach (ref readonly TweetRecord tweet in batch.AsSpan())
            {
                if (tweet.Language >= 8)
                {
                    continue;
                }

                int score = tweet.Followers * 2 + 1;
                string[] tags = score % 8 == 5 ? [] : tweet.Tags;
                foreach (string tag in tags)
                {
                    count++;
                    characters += tag.Length;
                }
            }

            ArrayPool<TweetRecord>.Shared.Return(batch.Array!, clearArray: true);
        }

        var result = default(Checksum);
        result.Add(0, 0, count, characters);
        return result;
    }

    /// <summary>Copies the input into batches on another thread; a failure there reaches the reader.</summary>
    private static ChannelReader<ArraySegment<T>> Produce<T>(T[] input, int batchEvents)
    {
        var channel = Channel.CreateBounded<ArraySegment<T>>(
            new BoundedChannelOptions(BatchesOnTheWay) { SingleReader = true, SingleWriter = true });
        _ = Task.Run(async () =>
        {
            try
            {
                for (int start = 0; start < input.Length; start += batchEvents)
                {
                    int count = Math.Min(batchEvents, input.Length - start);
                    T[] batch = ArrayPool<T>.Shared.Rent(count);
                    input.AsSpan(start, count).CopyTo(batch);
                    await channel.Writer.WriteAsync(new ArraySegment<T>(batch, 0, count));
                }

                channel.Writer.Complete();
            }
            catch (Exception exception)
            {
                channel.Writer.Complete(exception);
            }
        });
        return channel.Reader;
    }

    private static void Emit(Dictionary<int, Total> totals, long startMs, ref Checksum result)
    {
        foreach ((int key, Total total) in totals)
        {
            result.Add(startMs, (uint)key, total.Count, total.Sum);
        }

        totals.Clear();
    }

    private struct Total
    {
        public long Count;
        public long Sum;
    }
}
