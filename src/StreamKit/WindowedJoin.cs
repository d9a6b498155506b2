using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>What all joins in windows have in common.</summary>
/// <typeparam name="TSelf">The type of the join itself, so that calls can be chained.</typeparam>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TLeft">The type of the left records.</typeparam>
/// <typeparam name="TRight">The type of the right records.</typeparam>
/// <remarks>
/// <para>
/// Pairs are emitted when the watermark reaches the end of their window. What can be said only when nothing more can
/// come (a record that found no other, a group) is emitted when the window expires: at its end, or the allowed
/// lateness after it. So every result is final and comes exactly once per window.
/// </para>
/// <para>The event time of a result is the last instant of its window.</para>
/// </remarks>
public abstract class WindowedJoin<TSelf, TKey, TLeft, TRight>
    where TSelf : WindowedJoin<TSelf, TKey, TLeft, TRight>
    where TKey : notnull
{
    private protected WindowedJoin(JoinDraft<TKey, TLeft, TRight> draft) => Draft = draft;

    internal JoinDraft<TKey, TLeft, TRight> Draft { get; }

    /// <summary>Sets how long a window keeps accepting records after the watermark has passed its end.</summary>
    /// <param name="lateness">The time; not negative. Default: zero.</param>
    /// <remarks>
    /// A record that is accepted late makes its new pairs at once; pairs that were emitted are not emitted again.
    /// Records that found no other, and groups, wait until the time is over. State is held this much longer.
    /// </remarks>
    public TSelf AllowLateness(TimeSpan lateness)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lateness, TimeSpan.Zero);
        return With(Draft with { Options = Draft.Options with { LatenessTicks = lateness.Ticks } });
    }

    /// <summary>Sets how many records of one side a key may hold in a window.</summary>
    /// <param name="records">
    /// The number; more than zero. Default: 1,000,000. One more goes to the error policy. It guards against keys that
    /// stand for "unknown": they hold a large part of the stream, and each of their records meets all of the other
    /// side.
    /// </param>
    /// <remarks>
    /// Where windows overlap, it counts each stretch between two window bounds, because a record is stored once for all
    /// of its windows.
    /// </remarks>
    public TSelf LimitPerKey(int records)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(records);
        return With(Draft with { Options = Draft.Options with { LimitPerKey = records } });
    }

    /// <summary>Makes streams of the records that came too late for at least one of their windows.</summary>
    /// <param name="left">The late records of the left side; a part of the pipeline.</param>
    /// <param name="right">The late records of the right side; a part of the pipeline.</param>
    public TSelf SideOutputLate(out DataStream<Late<TLeft>> left, out DataStream<Late<TRight>> right)
    {
        var lateLeft = new LateNode<TLeft>();
        var lateRight = new LateNode<TRight>();
        left = Draft.Left.Then(lateLeft);
        right = Draft.Left.Then(lateRight);
        return With(Draft with { LateLeft = lateLeft, LateRight = lateRight });
    }

    private protected abstract TSelf With(JoinDraft<TKey, TLeft, TRight> draft);
}
