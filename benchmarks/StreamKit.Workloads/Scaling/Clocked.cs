using System.Diagnostics;

namespace StreamKit.Workloads.Scaling;

/// <summary>How long something took, and how long all processors together worked on it.</summary>
internal readonly record struct Clocked(TimeSpan Elapsed, TimeSpan Processors)
{
    public static async Task<Clocked> OfAsync(Func<Task> action)
    {
        GC.Collect(); // What the run before left behind is not for this one to clear away.
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await action();
        return new Clocked(Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - before);
    }
}
