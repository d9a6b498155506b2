using StreamKit.Time;

namespace StreamKit.Latency;

/// <summary>A paced load through sliding windows: from when a window could close to its result at the sink.</summary>
internal sealed class WindowLatency(Arguments arguments, LatencyTable table)
{
    public async Task RunAsync(int eventsPerSecond)
    {
        var schedule = new Schedule(eventsPerSecond);
        TimeSpan duration = arguments.WarmUp + arguments.Duration;
        var source = new PacedSource(schedule, arguments.Keys, duration, arguments.Quantum);
        var sink = new LatencySink(source, schedule, arguments.WarmUp, duration);
        StreamBuilder builder = StreamBuilder.Create("latency");
        builder.From(source)
            .WithEventTime(static e => new Timestamp(e.DueTicks), Watermarks.Monotonic())
            .KeyBy(static e => e.Key)
            .Window(TimeWindows.Hopping(arguments.WindowSize, arguments.Every))
            .Count()
            .To(sink);
        TimeSpan pauses = GC.GetTotalPauseDuration();
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = arguments.Lanes });
        await job.Completion;
        table.Add(
            $"{eventsPerSecond:N0}/s",
            sink.Histogram,
            $"{sink.Results:N0} results, source behind by at most {source.MostBehindTicks / 1e4:0.0} ms, "
            + $"GC paused {(GC.GetTotalPauseDuration() - pauses).TotalMilliseconds:0.0} ms");
    }
}
