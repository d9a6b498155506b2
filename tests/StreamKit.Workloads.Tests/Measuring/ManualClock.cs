namespace StreamKit.Workloads.Tests.Measuring;

/// <summary>A clock that moves when told to, and by a fixed step each time it is read.</summary>
internal sealed class ManualClock(TimeSpan step = default) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks += step.Ticks;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
