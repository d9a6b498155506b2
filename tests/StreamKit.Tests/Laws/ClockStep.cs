namespace StreamKit.Tests.Laws;

/// <summary>One thing that happens to a pipeline in processing time.</summary>
public abstract record ClockStep
{
    private ClockStep()
    {
    }

    /// <summary>A record comes; its own time must not matter.</summary>
    public sealed record Record(int Key, long OwnTime) : ClockStep;

    /// <summary>The clock runs on.</summary>
    public sealed record Advance(long Ticks) : ClockStep;

    /// <summary>A watermark of event time comes, higher by so much; it must not matter either.</summary>
    public sealed record Watermark(long Ticks) : ClockStep;

    /// <summary>The input says that it is silent.</summary>
    public sealed record Silence : ClockStep;
}
