using StreamKit.Operators;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>All records of a key in a window, those of both sides together.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TLeft">The type of the left records.</typeparam>
/// <typeparam name="TRight">The type of the right records.</typeparam>
/// <remarks>A key has one result in each window, when the window expires; keys without records have none.</remarks>
public sealed class WindowedCoGroup<TKey, TLeft, TRight>
    : WindowedJoin<WindowedCoGroup<TKey, TLeft, TRight>, TKey, TLeft, TRight>
    where TKey : notnull
{
    internal WindowedCoGroup(JoinDraft<TKey, TLeft, TRight> draft)
        : base(draft)
    {
    }

    /// <summary>Makes a result of each key in each window.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="group">
    /// The result of a key, its left records and its right ones. Both lists go by event time, and by arrival among
    /// equal times; one of the two may be empty. They are the caller's to keep.
    /// </param>
    /// <example><code>
    /// .Select((user, clicked, searched) => new Activity(user, clicked.Count, searched.Count))
    /// </code></example>
    public DataStream<TResult> Select<TResult>(
        Func<TKey, IReadOnlyList<TLeft>, IReadOnlyList<TRight>, TResult> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Select((key, _, left, right) => group(key, left, right));
    }

    /// <summary>Makes a result of each key in each window, with the window.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="group">
    /// The result of a key, the window, its left records and its right ones. Both lists go by event time, and by
    /// arrival among equal times; one of the two may be empty. They are the caller's to keep.
    /// </param>
    public DataStream<TResult> Select<TResult>(
        Func<TKey, Window, IReadOnlyList<TLeft>, IReadOnlyList<TRight>, TResult> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult> { Group = group });
    }

    private protected override WindowedCoGroup<TKey, TLeft, TRight> With(
        JoinDraft<TKey, TLeft, TRight> draft) => new(draft);
}
