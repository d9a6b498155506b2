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
            $"{"ns of work",10}  {"senders",7}  {"lanes",5}  {"pre-aggregated",14}  {"M events/s",10}  {"speed-up",8}  "
            + $"{"CPU ns/event",12}");
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
        Clocked[][] runs = await Clocked.InTurnAsync(repetitions, [.. variants.Select(variant => (Func<Task>)(
            () => RunJobAsync(input, rounds, fromLanes, variant.Lanes, variant.PreAggregates, expected)))]);
        foreach (((int lanes, bool preAggregates), Clocked[] job) in variants.Zip(runs))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds * Arithmetic.NanosecondsPerRound,10:0}  {(fromLanes ? lanes : 1),7}  {lanes,5}  "
                + $"{(preAggregates ? "yes" : "no"),14}  "
                + $"{input.Length / Median.Of(job.Select(static run => run.Elapsed.TotalMicroseconds)),10:0.00}  "
                + $"{Clocked.SpeedUp(runs[0], job),8:0.00}  "
                + $"{Median.Of(job.Select(run => run.Processors.TotalNanoseconds / input.Length)),12:0}"));
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
