using System.Diagnostics;
using System.Globalization;
using StreamKit.Time;
using StreamKit.Windowing;
using StreamKit.Workloads.Data;
using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads.Hopping;

/// <summary>What an event costs in a hopping window, by how many windows overlap.</summary>
/// <remarks>
/// The events are those of W3: 1,000 keys, out of order by less than 5 s, 100,000 per event second. The period is fixed
/// and the size grows, so that every row has the same number of firings of the same number of keys to write down;
/// what the table shows is the cost of the overlap alone. Floor of the comparison is the row with ratio 1.
/// </remarks>
internal sealed class HoppingCost(TextWriter output, int events, int repetitions)
{
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(100);
    private static readonly int[] s_ratios = [1, 10, 100, 1000];

    public async Task RunAsync()
    {
        Event[] input = W3Generator.Generate(events);
        output.WriteLine($"{"aggregate",-10}  {"size/every",10}  {"ns/event",9}  {"to ratio 1",10}  {"results",12}");
        await RunAsync("sum", input, static windows => windows.Sum(e => e.Value));
        await RunAsync("maximum", input, static windows => windows.Max(e => (long)e.Value));
    }

    private async Task RunAsync(
        string name,
        Event[] input,
        Func<WindowedStream<int, Event>, DataStream<WindowResult<int, long>>> aggregate)
    {
        var times = s_ratios.ToDictionary(ratio => ratio, _ => new List<double>());
        var results = new Dictionary<int, long>();
        for (int i = -1; i < repetitions; i++)
        {
            foreach (int ratio in s_ratios)
            {
                long start = Stopwatch.GetTimestamp();
                results[ratio] = await CountResultsAsync(input, ratio, aggregate);
                if (i >= 0) // The first round warms up.
                {
                    times[ratio].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / input.Length);
                }
            }
        }

        foreach (int ratio in s_ratios)
        {
            double relative = Median.Of(times[ratio].Zip(times[s_ratios[0]], static (one, first) => one / first));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-10}  {ratio,10}  {Median.Of(times[ratio]),9:0.0}  {relative,10:0.00}  {results[ratio],12}"));
        }
    }

    private static async Task<long> CountResultsAsync(
        Event[] input,
        int ratio,
        Func<WindowedStream<int, Event>, DataStream<WindowResult<int, long>>> aggregate)
    {
        long results = 0;
        StreamBuilder builder = StreamBuilder.Create("hopping");
        WindowedStream<int, Event> windows = builder.From(input)
            .WithEventTime(
                e => Timestamp.FromUnixTimeMilliseconds(e.TimestampMs),
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
            .KeyBy(e => e.Key)
            .Window(TimeWindows.Hopping(size: s_every * ratio, every: s_every));
        aggregate(windows).ForEach(_ => results++);
        await using StreamJob job = builder.Build().Start();
        await job.Completion;
        return results;
    }
}
