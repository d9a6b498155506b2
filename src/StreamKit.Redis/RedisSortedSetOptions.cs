namespace StreamKit.Redis;

/// <summary>How sorted sets are written to Redis.</summary>
public sealed record RedisSortedSetOptions : RedisSinkOptions
{
    /// <summary>
    /// How many members a set keeps, those of the highest scores; the others are removed in the same transaction.
    /// Default: null, all; else at least 1.
    /// </summary>
    /// <remarks>
    /// What was removed is not remembered: when scores fall, a member that would now be among the best comes back only
    /// with its next record. Where results may fall, rank them in the pipeline with <c>TopK</c> and write the rankings.
    /// </remarks>
    public int? KeepTop { get; init; }

    internal override RedisSortedSetOptions Validated()
    {
        base.Validated();
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepTop ?? 1, 1, nameof(KeepTop));
        return this;
    }
}
