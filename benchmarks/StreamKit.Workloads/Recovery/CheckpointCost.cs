using System.Diagnostics;
using System.Globalization;
using StreamKit.Checkpointing;
using StreamKit.Time;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads.Recovery;

/// <summary>What W1 costs with a checkpoint every second into a directory, compared with none.</summary>
/// <remarks>Both run in turn in one process, long enough that several checkpoints are taken in each run.</remarks>
internal sealed class CheckpointCost(TextWriter output, int events, int repetitions, RunOptions run)
{
    private const int InputEvents = 1_000_000;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        Event[] input = W1Generator.Generate(InputEvents);
        var without = new List<double>();
        var with = new List<double>();
        var ratios = new List<double>();
        long checkpoints = 0, failed = 0, bytes = 0;
        for (int i = -1; i < repetitions; i++)
        {
            (double plain, _) = await MeasureAsync(input, null);
            string directory = Directory.CreateTempSubdirectory("streamkit-checkpoints-").FullName;
            CheckpointOptions options = Checkpoints.InDirectory(directory, s_every);
            (double saved, CheckpointStatus status) = await MeasureAsync(input, options);
            IReadOnlyList<StoredCheckpoint> stored = await Checkpoints.ListAsync(options.Store, "W1");
            Directory.Delete(directory, recursive: true);
            if (i >= 0) // The first round warms up.
            {
                without.Add(plain);
                with.Add(saved);
                ratios.Add(plain / saved);
                checkpoints += status.Completed;
                failed += status.Failed;
                bytes = Math.Max(bytes, stored.Max(static checkpoint => checkpoint.Bytes));
            }
        }

        output.WriteLine($"{"W1",-22}  {"M events/s",10}  {"ratio",6}");
        Write("without checkpoints", Median.Of(without), 1);
        Write("one every second", Median.Of(with), Median.Of(ratios));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{checkpoints} checkpoints, {failed} failed, the largest that was kept {bytes} bytes"));
        output.WriteLine("ratios of the rounds: " + string.Join(
            ' ', ratios.Select(static ratio => ratio.ToString("0.000", CultureInfo.InvariantCulture))));
    }

    private async Task<(double Seconds, CheckpointStatus Status)> MeasureAsync(
        Event[] input, CheckpointOptions? checkpoints)
    {
        long count = 0;
        StreamBuilder builder = StreamBuilder.Create("W1");
        builder.From(new RepeatedEvents(input, InputEvents / 100, events), "events")
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic()).Named("time")
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Aggregate(a => new Totals(a.Count(), a.Sum(e => e.Value))).Named("totals")
            .ForEach(result => count += result.Value.Count, "out");
        long start = Stopwatch.GetTimestamp();
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Parallelism = run.Lanes,
            BatchSize = run.Batch,
            Checkpoints = checkpoints,
        });
        await job.Completion;
        return count == events
            ? (Stopwatch.GetElapsedTime(start).TotalSeconds, job.GetCheckpointStatus())
            : throw new InvalidOperationException($"{events} events were counted as {count}");
    }

    private void Write(string what, double seconds, double ratio) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-22}  {events / seconds / 1e6,10:0.0}  {ratio,6:0.000}"));
}
