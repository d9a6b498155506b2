using System.Diagnostics;
using System.Globalization;
using StreamKit.Time;
using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads.Hopping;

/// <summary>What it costs that the watermark jumps over ten open windows, by how far it jumps.</summary>
/// <remarks>
/// Ten records open ten windows of a second each; the first of the next ten takes the watermark over all of them, one
/// window further or 10^15 ticks, which is three years: an engine that walks the axis of time takes a hundred million
/// steps for that.
/// </remarks>
internal sealed class FarJump(TextWriter output, int repetitions)
{
    private const int Open = 10;

    // As many as fit between the ends of event time.
    private const int Jumps = 9000;
    private const long Far = 1_000_000_000_000_000;

    public async Task RunAsync()
    {
        long near = ((2 * Open) + 1) * TimeSpan.TicksPerSecond; // The bound on disorder, the windows, and one more.
        var nearTimes = new List<double>();
        var farTimes = new List<double>();
        for (int i = -3; i < repetitions * 3; i++)
        {
            double nearTime = await MeasureAsync(near), farTime = await MeasureAsync(Far);
            if (i >= 0) // The first rounds warm up.
            {
                nearTimes.Add(nearTime);
                farTimes.Add(farTime);
            }
        }

        output.WriteLine($"{"jump",-14}  {"us/jump",9}  {"to one window",13}");
        Write("one window", Median.Of(nearTimes), 1);
        Write("10^15 ticks", Median.Of(farTimes), Median.Of(farTimes.Zip(nearTimes, static (far, one) => far / one)));
    }

    private static async Task<double> MeasureAsync(long distance)
    {
        long[] times = new long[Jumps * Open];
        for (int i = 0; i < times.Length; i++)
        {
            long group = (i / Open) - (Jumps / 2);
            times[i] = (group * distance) + (i % Open * TimeSpan.TicksPerSecond);
        }

        long start = Stopwatch.GetTimestamp();
        long results = 0;
        StreamBuilder builder = StreamBuilder.Create("jumps");
        builder.From(times)
            .WithEventTime(
                static t => new Timestamp(t), Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(Open)))
            .KeyBy(static _ => 0)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .Count()
            .ForEach(_ => results++);
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = Open });
        await job.Completion;
        return results == times.Length
            ? Stopwatch.GetElapsedTime(start).TotalMicroseconds / Jumps
            : throw new InvalidOperationException($"{times.Length} records gave only {results} windows");
    }

    private void Write(string jump, double microseconds, double ratio) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{jump,-14}  {microseconds,9:0.00}  {ratio,13:0.00}"));
}
