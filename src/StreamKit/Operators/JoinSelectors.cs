using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>What a windowed join makes of the records of a key; what is null is not emitted.</summary>
internal sealed record JoinSelectors<TKey, TLeft, TRight, TOut>
{
    /// <summary>Makes a result of a pair.</summary>
    public Func<TLeft, TRight, TOut>? Pair { get; init; }

    /// <summary>Makes a result of a pair and its window; comes before <see cref="Pair"/>.</summary>
    public Func<TLeft, TRight, Window, TOut>? PairInWindow { get; init; }

    /// <summary>Makes a result of a left record that found no right one.</summary>
    public Func<TLeft, Window, TOut>? LeftAlone { get; init; }

    /// <summary>Makes a result of a right record that found no left one.</summary>
    public Func<TRight, Window, TOut>? RightAlone { get; init; }

    /// <summary>Makes a result of all records of the key.</summary>
    public Func<TKey, Window, IReadOnlyList<TLeft>, IReadOnlyList<TRight>, TOut>? Group { get; init; }

    public bool HasPairs => Pair is not null || PairInWindow is not null;

    /// <summary>Whether something can be said only when no further record can come.</summary>
    public bool HasRest => LeftAlone is not null || RightAlone is not null || Group is not null;
}
