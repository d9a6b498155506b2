using System.Globalization;
using StreamKit.Time;

namespace StreamKit.Workloads.Memory;

/// <summary>An hour of event time as fast as it goes: the heap must be the same at the end as near the start.</summary>
/// <remarks>1,000 keys at a time, of which half are replaced each minute: a job that remembers every key it has seen
/// has thirty times as many at the end, and the samples show it.</remarks>
internal sealed class HourOfStream(TextWriter output, int eventsPerSecond, RunOptions options)
{
    private const int Keys = 1000;
    private const int KeysReplacedPerMinute = 500;
    private const int Seconds = 3600;
    private const int SampleEverySeconds = 300;

    public async Task<IReadOnlyList<HeapSample>> RunAsync()
    {
        var samples = new List<HeapSample>();
        long results = 0;
        output.WriteLine("An hour of event time: sum per key, 10 s every 1 s");
        output.WriteLine($"{"minute",6}  {"heap KB",9}  {"pauses ms",9}  {"collections",11}");
        HeapProbe probe = await HeapProbe.CreateAsync();
        var source = new GeneratedSource(
            (long)Seconds * eventsPerSecond,
            CreateEvent,
            sampleEvery: (long)SampleEverySeconds * eventsPerSecond,
            index =>
            {
                HeapSample sample = probe.Take();
                samples.Add(sample);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{index / eventsPerSecond / 60,6}  {sample.HeapBytes / 1e3,9:0.0}")
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {sample.Pauses.TotalMilliseconds,9:0.0}  {sample.Collections,11}"));
                return Task.CompletedTask;
            });
        StreamBuilder builder = StreamBuilder.Create("hour");
        builder.From(source)
            .WithEventTime(static e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic())
            .KeyBy(static e => e.Key)
            .Window(TimeWindows.Hopping(size: TimeSpan.FromSeconds(10), every: TimeSpan.FromSeconds(1)))
            .Sum(static e => e.Value)
            .ForEach(_ => results++);
        await using StreamJob job = builder.Build().Start(
            new JobOptions { Parallelism = options.Lanes, BatchSize = options.Batch });
        await job.Completion;

        // In the first minutes tables, pools and channels reach their size; what grows later grows for ever.
        double grownKilobytes = (samples[^1].HeapBytes - samples[samples.Count / 2 - 1].HeapBytes) / 1e3;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{results:N0} results; from minute 30 to 60 the heap has grown by {grownKilobytes:0.0} KB"));
        return samples;
    }

    private KeyedEvent CreateEvent(long index)
    {
        long timestampMs = index * 1000 / eventsPerSecond;
        long firstKey = timestampMs / 60_000 * KeysReplacedPerMinute;
        return new KeyedEvent(timestampMs, (int)(firstKey + index % Keys), (int)(index & 1023));
    }
}
