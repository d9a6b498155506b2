namespace StreamKit.Time;

/// <summary>What every watermark strategy has besides its generator.</summary>
internal readonly record struct WatermarkOptions
{
    /// <summary>After so many ticks without a record a split no longer holds the watermark back; null: never.</summary>
    public long? IdlenessTicks { get; init; }

    /// <summary>How far ahead of the clock a timestamp may lie; null: any distance.</summary>
    public long? FutureSkewTicks { get; init; }

    public FuturePolicy FuturePolicy { get; init; }

    public WatermarkOptions WithIdleness(TimeSpan after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(after, TimeSpan.Zero);
        return this with { IdlenessTicks = after.Ticks };
    }

    public WatermarkOptions WithFutureGuard(TimeSpan skew, FuturePolicy policy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(skew, TimeSpan.Zero);
        return this with { FutureSkewTicks = skew.Ticks, FuturePolicy = policy };
    }
}
