using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Workloads.Memory;

/// <summary>Measures the heap of a job that holds one open window with many keys.</summary>
internal sealed class KeyMemory(RunOptions options)
{
    private const string WindowName = "window";
    private const int FewKeys = 1000;

    // The same spread of values for every key, as large as the ids that sketches count.
    private const int DistinctValues = 1009;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Bytes per key: the heap with all the keys less the heap of the same job with a thousand.</summary>
    public async Task<(double BytesPerKey, HeapSample Full)> MeasureAsync<TResult>(
        int keys,
        int eventsPerKey,
        Func<WindowedStream<int, KeyedEvent>, DataStream<WindowResult<int, TResult>>> aggregate)
    {
        HeapSample few = await SampleAsync(FewKeys, eventsPerKey, aggregate);
        HeapSample full = await SampleAsync(keys, eventsPerKey, aggregate);
        return ((double)(full.HeapBytes - few.HeapBytes) / (keys - FewKeys), full);
    }

    private async Task<HeapSample> SampleAsync<TResult>(
        int keys,
        int eventsPerKey,
        Func<WindowedStream<int, KeyedEvent>, DataStream<WindowResult<int, TResult>>> aggregate)
    {
        var sample = default(HeapSample);
        long results = 0;
        long events = (long)keys * eventsPerKey;
        StreamJob? running = null;
        HeapProbe probe = await HeapProbe.CreateAsync();
        var source = new GeneratedSource(
            events,
            index => new KeyedEvent(0, ScatteredKey(index % keys), (int)(index * 31 % DistinctValues)),
            sampleEvery: events,
            async _ =>
            {
                while (RecordsIn(running) < events)
                {
                    await Task.Delay(s_poll, TimeProvider.System);
                }

                sample = probe.Take();
            });
        StreamBuilder builder = StreamBuilder.Create("memory");
        aggregate(builder.From(source)
                .WithEventTime(
                    static e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic())
                .KeyBy(static e => e.Key)
                .Window(TimeWindows.Tumbling(TimeSpan.FromHours(1))))
            .Named(WindowName)
            .ForEach(_ => results++);
        await using StreamJob job = builder.Build().Start(
            new JobOptions { Parallelism = options.Lanes, BatchSize = options.Batch });
        Volatile.Write(ref running, job);
        await job.Completion;
        return results == keys
            ? sample
            : throw new InvalidOperationException($"{keys} keys gave {results} results: what was measured is not it");
    }

    private static long RecordsIn(StreamJob? job) => job?.GetMetrics().Operators
        .Where(static o => o.Operator == WindowName)
        .Sum(static o => o.RecordsIn) ?? 0;

    // An odd factor: different indexes, different keys, over the whole range of an int.
    private static int ScatteredKey(long index) => unchecked((int)((uint)index * 2654435769u));
}
