using System.Diagnostics;

namespace StreamKit.Latency;

/// <summary>The time since a run started, for its source and its sink.</summary>
internal sealed class RunningClock
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public long ElapsedTicks => Stopwatch.GetElapsedTime(_start).Ticks;
}
