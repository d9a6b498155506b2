namespace StreamKit.Redis;

/// <summary>How streams of Redis are read by a group of consumers.</summary>
public sealed record RedisGroupSourceOptions : RedisSourceOptions
{
    /// <summary>
    /// After how long the source takes over what another consumer of the group was given and has not acknowledged.
    /// Default: null, never; else at least a second.
    /// </summary>
    /// <remarks>
    /// For consumers that do not come back: one that is started again under its name finds what it was given by itself.
    /// A job acknowledges after its checkpoints, so give this many times their interval, or what a living consumer has
    /// read is read twice.
    /// </remarks>
    public TimeSpan? ClaimAfter { get; init; }

    /// <summary>
    /// How many entries of a stream may be read and not acknowledged; reading then waits for a checkpoint to be
    /// complete. Bounds memory and what is read again after a failure. Default: 1,000,000; at least 1.
    /// </summary>
    public int MaxUnacknowledged { get; init; } = 1_000_000;

    internal override RedisGroupSourceOptions Validated()
    {
        base.Validated();
        ArgumentOutOfRangeException.ThrowIfLessThan(
            ClaimAfter ?? TimeSpan.MaxValue, TimeSpan.FromSeconds(1), nameof(ClaimAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUnacknowledged, 1, nameof(MaxUnacknowledged));
        return this;
    }
}
