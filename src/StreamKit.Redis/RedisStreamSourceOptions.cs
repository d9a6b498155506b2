namespace StreamKit.Redis;

/// <summary>How streams of Redis are read by their IDs.</summary>
public sealed record RedisStreamSourceOptions : RedisSourceOptions
{
    /// <summary>
    /// Whether the source goes on where the entry that it read last has been removed from the stream, so that what came
    /// behind it may be gone too. Default: false, the job fails rather than to miss entries unseen.
    /// </summary>
    /// <remarks>A stream that is kept short must be read faster than it is cut.</remarks>
    public bool AllowGaps { get; init; }

    internal override RedisStreamSourceOptions Validated()
    {
        base.Validated();
        return this;
    }
}
