using System.Diagnostics;
using StreamKit.Workloads.Measuring;

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

    /// <summary>Runs several things in turn, until the runtime has optimised them, then as often as asked.</summary>
    /// <returns>The runs of each.</returns>
    public static async Task<Clocked[][]> InTurnAsync(int repetitions, params IReadOnlyList<Func<Task>> actions)
    {
        Clocked[][] runs = [.. actions.Select(_ => new Clocked[repetitions])];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions;)
        {
            bool isWarm = Stopwatch.GetElapsedTime(start) >= Meter.WarmUp;
            for (int one = 0; one < actions.Count; one++)
            {
                runs[one][i] = await OfAsync(actions[one]);
            }

            i += isWarm ? 1 : 0;
        }

        return runs;
    }

    /// <summary>How many times as fast runs are as others that they took turns with.</summary>
    public static double SpeedUp(Clocked[] from, Clocked[] to) =>
        Median.Of(from.Zip(to, static (slow, fast) => slow.Elapsed / fast.Elapsed));
}
