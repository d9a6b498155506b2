using StreamKit.Spill;
using StreamKit.Time;

namespace StreamKit.Spilling;

/// <summary>A job with one lane and one window over everything.</summary>
internal static class StreamKitEngine
{
    public static async Task<SpillResult> RunAsync(SpillLoad load, string folder, bool limited)
    {
        var disk = new DiskWatch(folder);
        long keys = 0, count = 0, sum = 0;
        StreamBuilder builder = StreamBuilder.Create("spilling");
        builder.From(Events(load, disk), "events")
            .WithEventTime(static _ => new Timestamp(0), Watermarks.Monotonic())
            .KeyBy(static e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromHours(1)))
            .Aggregate(static w => new Totals(w.Count(), w.Sum(e => e.Value)))
            .ForEach(w =>
            {
                keys++;
                count += w.Value.Count;
                sum += w.Value.Sum;
            });
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Parallelism = 1,
            State = limited ? new StateLimits { MaxBytes = load.CapBytes, Spill = SpillFiles.In(folder) } : null,
        });
        await job.Completion;
        return new SpillResult(keys, count, sum, disk.MostBytes);
    }

    private static IEnumerable<Event> Events(SpillLoad load, DiskWatch disk)
    {
        for (long i = 0; i < load.Events; i++)
        {
            if (i % DiskWatch.EventsBetweenLooks == 0)
            {
                disk.Look();
            }

            yield return new Event(load.KeyOf(i), SpillLoad.ValueOf(i));
        }

        disk.Look();
    }

    private readonly record struct Event(long Key, long Value);

    private readonly record struct Totals(long Count, long Sum);
}
