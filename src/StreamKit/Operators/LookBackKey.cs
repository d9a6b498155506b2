using StreamKit.Aggregation;

namespace StreamKit.Operators;

/// <summary>The records of one key that records to come look back on; equal times lie in one part.</summary>
internal sealed class LookBackKey<TKey, TAcc, TMonoid>(TKey key, ulong hash, TMonoid monoid, SlidingForm form)
    where TMonoid : struct, IMonoid<TAcc>
{
    public TKey Key { get; } = key;

    public ulong Hash { get; } = hash;

    public SlidingAggregate<TAcc, TMonoid> Records { get; } = new(monoid, form);

    /// <summary>Whether the key was given up; a new one may have come for it.</summary>
    public bool IsGone { get; set; }
}
