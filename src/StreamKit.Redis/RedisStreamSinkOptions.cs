namespace StreamKit.Redis;

/// <summary>How records are added to a stream of Redis.</summary>
public sealed record RedisStreamSinkOptions : RedisSinkOptions
{
    /// <summary>
    /// About how many entries the stream keeps, the newest; the server removes older ones by whole nodes, so there may
    /// be some more. Default: null, all, and then the memory of the server is the limit; else at least 1.
    /// </summary>
    public long? MaxLength { get; init; }

    /// <summary>
    /// Whether, in a job that takes checkpoints, each record is in the stream exactly once whatever fails. Default:
    /// false, at least once.
    /// </summary>
    /// <remarks>
    /// Records then come with the checkpoint that holds them, and their type needs a serializer. How far was written
    /// lies in a hash beside the stream, "{stream}:streamkit:" and the sink's name: it belongs to the stream.
    /// </remarks>
    public bool ExactlyOnce { get; init; }

    internal override RedisStreamSinkOptions Validated()
    {
        base.Validated();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 1, 1, nameof(MaxLength));
        return this;
    }
}
