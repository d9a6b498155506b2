using System.Globalization;
using StreamKit.Time;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads.Scaling;

/// <summary>How much faster more lanes make a job whose aggregate computes for long.</summary>
/// <remarks>
/// Keys are as frequent as each other, windows are of a second. Beside each job, as many threads do the same arithmetic
/// and nothing else, each on its share of the events: no lanes can be faster than what the processors give them.
/// </remarks>
internal sealed class LaneScaling(TextWriter output, int events, int repetitions, RunOptions options)
{
    private static readonly int[] s_rounds = [0, 50, 150, 500];

    public async Task RunAsync()
    {
        Event[] input = EvenEvents.Generate(events, hotPercent: 0);
        output.WriteLine(
            $"{"ns of work",10}  {"lanes",5}  {"M events/s",10}  {"speed-up",8}  "
            + $"{"of bare threads",15}  {"CPU ns/event",12}");
        foreach (int rounds in s_rounds)
        {
            // Fewer events where each takes longer, so that all rows take about as long.
            await RunAsync(input[..(events / (1 + (rounds / 16)))], rounds);
        }
    }

    private async Task RunAsync(Event[] input, int rounds)
    {
        int[] lanes = [.. Lanes()];
        ulong expected = Arithmetic.Sum(input, rounds);
        Clocked[][] runs = await Clocked.InTurnAsync(repetitions, [.. lanes.SelectMany(count => (Func<Task>[])
        [
            () => RunJobAsync(input, rounds, count, expected),
            () => RunThreadsAsync(input, rounds, count, expected),
        ])]);
        for (int i = 0; i < lanes.Length; i++)
        {
            Clocked[] job = runs[2 * i], threads = runs[(2 * i) + 1];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds * Arithmetic.NanosecondsPerRound,10:0}  {lanes[i],5}  "
                + $"{input.Length / Median.Of(job.Select(static run => run.Elapsed.TotalMicroseconds)),10:0.00}  "
                + $"{Clocked.SpeedUp(runs[0], job),8:0.00}  {Clocked.SpeedUp(runs[1], threads),15:0.00}  "
                + $"{Median.Of(job.Select(run => run.Processors.TotalNanoseconds / input.Length)),12:0}"));
        }
    }

    /// <summary>One lane, then twice as many again and again, until there are more than processors.</summary>
    private static IEnumerable<int> Lanes()
    {
        int lanes = 1;
        for (; lanes <= Environment.ProcessorCount; lanes *= 2)
        {
            yield return lanes;
        }

        yield return lanes;
    }

    private async Task RunJobAsync(Event[] input, int rounds, int lanes, ulong expected)
    {
        ulong sum = 0;
        StreamBuilder builder = StreamBuilder.Create("scaling");
        builder.From(input)
            .WithEventTime(e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs), Watermarks.Monotonic())
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Aggregate(new DigestAggregator(rounds))
            .ForEach(result => sum += result.Value);
        await using StreamJob job = builder.Build().Start(
            new JobOptions { Parallelism = lanes, BatchSize = options.Batch });
        await job.Completion;
        Arithmetic.Check(sum, expected);
    }

    private static async Task RunThreadsAsync(Event[] input, int rounds, int count, ulong expected)
    {
        int StartOf(int thread) => (int)((long)input.Length * thread / count);
        ulong[] sums = await Task.WhenAll(Enumerable.Range(0, count).Select(thread => Task.Run(
            () => Arithmetic.Sum(input.AsSpan(StartOf(thread)..StartOf(thread + 1)), rounds))));
        Arithmetic.Check(sums.Aggregate(static (sum, one) => sum + one), expected);
    }
}
