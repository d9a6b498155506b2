using System.Globalization;
using StreamKit.Time;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads.Scaling;

/// <summary>What one key with nine of ten records costs, and what aggregation before the exchange gains.</summary>
/// <remarks>
/// The records come to the exchange from the source, which is one sender, or from lanes by their number, where a record
/// that came twice was left out: as many senders as lanes, and each aggregates its share.
/// </remarks>
internal sealed class SkewedKeys(TextWriter output, int events, int repetitions, RunOptions options)
{
    private const int HotPercent = 90;
    private static readonly int[] s_rounds = [0, 150];
    private static readonly int s_most = Math.Max(2, Environment.ProcessorCount);

    public async Task RunAsync()
    {
        Event[] input = EvenEvents.Generate(events, HotPercent);
        output.WriteLine(
            $"{"ns of work",10}  {"senders",7}  {"lanes",5}  {"pre-aggregated",14}  {"M events/s",10}  {"speed-up",8}");
        foreach (int rounds in s_rounds)
        {
            await RunAsync(input[..(events / 4 / (1 + (rounds / 50)))], rounds, fromLanes: false);
            await RunAsync(input[..(events / 4 / (1 + (rounds / 50)))], rounds, fromLanes: true);
        }
    }

    private async Task RunAsync(Event[] input, int rounds, bool fromLanes)
    {
        ulong expected = Arithmetic.Sum(input, rounds);
        (int Lanes, bool PreAggregates)[] variants = [(1, false), (s_most, false), (s_most, true)];
        List<Clocked>[] runs = [.. variants.Select(static _ => new List<Clocked>())];
        for (int i = -1; i < repetitions; i++)
        {
            for (int variant = 0; variant < variants.Length; variant++)
            {
                (int lanes, bool preAggregates) = variants[variant];
                Clocked run = await Clocked.OfAsync(
                    () => RunJobAsync(input, rounds, fromLanes, lanes, preAggregates, expected));
                if (i >= 0) // The first round warms up.
                {
                    runs[variant].Add(run);
                }
            }
        }

        for (int variant = 0; variant < variants.Length; variant++)
        {
            (int lanes, bool preAggregates) = variants[variant];
            double speed = input.Length / Median.Of(runs[variant].Select(static run => run.Elapsed.TotalMicroseconds));
            double speedUp = Median.Of(runs[0].Zip(runs[variant], static (one, many) => one.Elapsed / many.Elapsed));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds * Arithmetic.NanosecondsPerRound,10:0}  {(fromLanes ? lanes : 1),7}  {lanes,5}  "
                + $"{(preAggregates ? "yes" : "no"),14}  {speed,10:0.00}  {speedUp,8:0.00}"));
        }
    }

    private async Task RunJobAsync(
        Event[] input, int rounds, bool fromLanes, int lanes, bool preAggregates, ulong expected)
    {
        ulong sum = 0;
        StreamBuilder builder = StreamBuilder.Create("skewed");
        DataStream<Event> stream = builder.From(input)
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic());
        stream = fromLanes
            ? stream.DistinctBy(e => e.Value, TimeSpan.FromMilliseconds(100), FirstBy.Arrival)
            : stream;
        WindowedStream<int, Event> windows =
            stream.KeyBy(e => e.Key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)));
        (preAggregates ? windows.PreAggregate() : windows)
            .Aggregate(new DigestAggregator(rounds))
            .ForEach(result => sum += result.Value);
        await using StreamJob job = builder.Build().Start(
            new JobOptions { Parallelism = lanes, BatchSize = options.Batch });
        await job.Completion;
        Arithmetic.Check(sum, expected);
    }
}
