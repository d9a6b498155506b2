using StreamKit.Operators;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>
/// The pairs of records with one key in one window, and the records of both sides that found no other.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TLeft">The type of the left records.</typeparam>
/// <typeparam name="TRight">The type of the right records.</typeparam>
/// <remarks>
/// The two forms of <c>Select</c> here have one lambda for each case, so nothing can be missing in any of them. For
/// records whose types are known, <see cref="JoinExtensions"/> adds the form with one lambda, in which the missing
/// record is null.
/// </remarks>
public sealed class WindowedFullJoin<TKey, TLeft, TRight>
    : WindowedJoin<WindowedFullJoin<TKey, TLeft, TRight>, TKey, TLeft, TRight>
    where TKey : notnull
{
    internal WindowedFullJoin(JoinDraft<TKey, TLeft, TRight> draft)
        : base(draft)
    {
    }

    /// <summary>Makes a result of each pair, and of each record of either side that found no other.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record.</param>
    /// <param name="leftAlone">The result of a left record that found no right one.</param>
    /// <param name="rightAlone">The result of a right record that found no left one.</param>
    /// <example><code>
    /// .Select((order, payment) => "paid", order => "not paid", payment => "nothing ordered")
    /// </code></example>
    public DataStream<TResult> Select<TResult>(
        Func<TLeft, TRight, TResult> pair, Func<TLeft, TResult> leftAlone, Func<TRight, TResult> rightAlone)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(leftAlone);
        ArgumentNullException.ThrowIfNull(rightAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = pair,
            LeftAlone = (record, _) => leftAlone(record),
            RightAlone = (record, _) => rightAlone(record),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each record of either side that found no other, with their window.
    /// </summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record in a window.</param>
    /// <param name="leftAlone">The result of a left record that found no right one in a window.</param>
    /// <param name="rightAlone">The result of a right record that found no left one in a window.</param>
    public DataStream<TResult> Select<TResult>(
        Func<TLeft, TRight, Window, TResult> pair,
        Func<TLeft, Window, TResult> leftAlone,
        Func<TRight, Window, TResult> rightAlone)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(leftAlone);
        ArgumentNullException.ThrowIfNull(rightAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            PairInWindow = pair,
            LeftAlone = leftAlone,
            RightAlone = rightAlone,
        });
    }

    private protected override WindowedFullJoin<TKey, TLeft, TRight> With(
        JoinDraft<TKey, TLeft, TRight> draft) => new(draft);
}
