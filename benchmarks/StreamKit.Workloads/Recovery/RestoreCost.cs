using System.Diagnostics;
using System.Globalization;
using StreamKit.Time;
using StreamKit.Windowing;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads.Recovery;

/// <summary>How long it takes to save a million keys of an open window, and to have them back.</summary>
/// <remarks>
/// A savepoint is taken into a directory with the window open; then another job goes on from it, and the time counts
/// from its start until its source is asked for the first record, which is when everything has been read and taken up.
/// </remarks>
internal sealed class RestoreCost(TextWriter output, int repetitions, RunOptions options)
{
    private const int Keys = 1_000_000;

    public async Task RunAsync()
    {
        Event[] input = [.. Enumerable.Range(0, Keys).Select(static i =>
            new Event { TimestampMs = EventTime.OriginMs, Key = ScatteredKey.Of(i), Value = i })];
        var saving = new List<double>();
        var restoring = new List<double>();
        long bytes = 0;
        for (int i = -1; i < repetitions; i++)
        {
            string directory = Directory.CreateTempSubdirectory("streamkit-restore-").FullName;
            CheckpointOptions checkpoints = Checkpoints.InDirectory(directory, TimeSpan.FromDays(1));
            (double saved, bytes) = await SaveAsync(input, checkpoints);
            double restored = await RestoreAsync(input, checkpoints);
            Directory.Delete(directory, recursive: true);
            if (i >= 0) // The first round warms up.
            {
                saving.Add(saved);
                restoring.Add(restored);
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Keys / 1e6:0} M int keys, count and sum, one window: {bytes / 1e6:0.0} MB, "
            + $"save {Median.Of(saving):0} ms, restore {Median.Of(restoring):0} ms"));
    }

    private async Task<(double Milliseconds, long Bytes)> SaveAsync(Event[] input, CheckpointOptions checkpoints)
    {
        var forEver = new TaskCompletionSource();
        await using StreamJob job = Start(new RepeatedEvents(input, 0, Keys) { End = forEver.Task }, checkpoints, null);
        while (job.GetMetrics().Of("totals").Sum(static lane => lane.RecordsIn) < Keys)
        {
            await Task.Yield();
        }

        await job.StopAsync(StopMode.Checkpoint);
        CheckpointStatus status = job.GetCheckpointStatus();
        return (status.LastDuration.TotalMilliseconds, status.Last!.Bytes);
    }

    private async Task<double> RestoreAsync(Event[] input, CheckpointOptions checkpoints)
    {
        long count = 0, ready = 0;
        long start = Stopwatch.GetTimestamp();
        var source = new RepeatedEvents(input, 0, Keys) { OnFirstRead = () => ready = Stopwatch.GetTimestamp() };
        await using StreamJob job = Start(source, checkpoints, result => count += result.Value.Count);
        await job.Completion;
        return count == Keys
            ? Stopwatch.GetElapsedTime(start, ready).TotalMilliseconds
            : throw new InvalidOperationException($"{Keys} keys came back as {count}");
    }

    private StreamJob Start(
        RepeatedEvents source, CheckpointOptions checkpoints, Action<WindowResult<int, Totals>>? onResult)
    {
        StreamBuilder builder = StreamBuilder.Create("keys");
        builder.From(source, "events")
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic()).Named("time")
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromDays(1)))
            .Aggregate(a => new Totals(a.Count(), a.Sum(e => e.Value))).Named("totals")
            .ForEach(onResult ?? (static _ => { }), "out");
        return builder.Build().Start(new JobOptions
        {
            Parallelism = options.Lanes,
            BatchSize = options.Batch,
            Checkpoints = checkpoints,
        });
    }
}
