namespace StreamKit.Time;

/// <summary>What every watermark strategy has besides its generator.</summary>
internal readonly record struct WatermarkOptions
{
    /// <summary>After so many ticks without a record a split no longer holds the watermark back; null: never.</summary>
    public long? IdlenessTicks { get; init; }

    /// <summary>By how much a record may trail the highest of its split, where the generator goes by that.</summary>
    public long? BoundTicks { get; init; }

    /// <summary>
    /// After so many ticks without a record on any split time goes on by the clock; null: never.
    /// </summary>
    public long? SilenceTicks { get; init; }

    /// <summary>The splits that this stream's splits must not run ahead of; null: it runs as it likes.</summary>
    public string? AlignmentGroup { get; init; }

    /// <summary>How far ahead of the slowest split of the group a split is still read.</summary>
    public long DriftTicks { get; init; }

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

    public WatermarkOptions AdvanceWhenSilent(TimeSpan after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(after, TimeSpan.Zero);
        return this with { SilenceTicks = after.Ticks };
    }

    public WatermarkOptions WithAlignment(string group, TimeSpan maxDrift)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(group);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDrift, TimeSpan.Zero);
        return this with { AlignmentGroup = group, DriftTicks = maxDrift.Ticks };
    }
}
