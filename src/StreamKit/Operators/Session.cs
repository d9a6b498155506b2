using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>One session of one key.</summary>
internal sealed class Session<TKey, TAcc, TOut>(TKey key, ulong hash, long order)
{
    public TKey Key { get; } = key;

    public ulong Hash { get; } = hash;

    /// <summary>
    /// When the session's oldest part was made, against all others; breaks ties in the order of firing.
    /// </summary>
    public long Order { get; set; } = order;

    public long Start { get; set; }

    public long End { get; set; }

    public TAcc Accumulator = default!; // Created by the operator together with the session.

    public PaneState<TOut> Panes;

    /// <summary>Whether it has content since its last result.</summary>
    public bool IsDirty { get; set; }

    /// <summary>
    /// Whether its on-time result has been emitted for these bounds, or its end had passed when it was made.
    /// </summary>
    public bool IsComplete { get; set; }

    /// <summary>The one entry in the queue that counts; others are left over from before the session changed.</summary>
    public (long Time, long Start, long Order)? Queued { get; set; }

    /// <summary>Whether it was merged into another one or has expired.</summary>
    public bool IsGone { get; set; }

    /// <summary>The later session of the same key, if there is one.</summary>
    public Session<TKey, TAcc, TOut>? Next { get; set; }

    public Window Bounds => Window.OfTicks(Start, End);

    public bool Overlaps(long start, long end) => Start < end && start < End;
}
