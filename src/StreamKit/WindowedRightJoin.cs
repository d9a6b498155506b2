using StreamKit.Operators;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>The pairs of records with one key in one window, and the right records that found no left one.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TLeft">The type of the left records.</typeparam>
/// <typeparam name="TRight">The type of the right records.</typeparam>
/// <remarks>
/// The two forms of <c>Select</c> here have one lambda for each case, so nothing can be missing in any of them. For
/// records whose types are known, <see cref="JoinExtensions"/> adds the form with one lambda, in which the missing
/// record is null.
/// </remarks>
public sealed class WindowedRightJoin<TKey, TLeft, TRight>
    : WindowedJoin<WindowedRightJoin<TKey, TLeft, TRight>, TKey, TLeft, TRight>
    where TKey : notnull
{
    internal WindowedRightJoin(JoinDraft<TKey, TLeft, TRight> draft)
        : base(draft)
    {
    }

    /// <summary>Makes a result of each pair, and of each right record that found no left one.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record.</param>
    /// <param name="rightAlone">The result of a right record that found no left one.</param>
    /// <example><code>
    /// .Select(
    ///     (order, payment) => new Row(order.Id, payment.Amount),
    ///     payment => new Row(null, payment.Amount))
    /// </code></example>
    public DataStream<TResult> Select<TResult>(
        Func<TLeft, TRight, TResult> pair, Func<TRight, TResult> rightAlone)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(rightAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = pair,
            RightAlone = (record, _) => rightAlone(record),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each right record that found no left one, with their window.
    /// </summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record in a window.</param>
    /// <param name="rightAlone">The result of a right record that found no left one in a window.</param>
    public DataStream<TResult> Select<TResult>(
        Func<TLeft, TRight, Window, TResult> pair, Func<TRight, Window, TResult> rightAlone)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(rightAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            PairInWindow = pair,
            RightAlone = rightAlone,
        });
    }

    /// <summary>Makes a result only of each right record that found no left one, and forms no pairs.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="rightAlone">The result of a right record that found no left one in a window.</param>
    /// <example><code>
    /// .SelectAlone((order, window) => new Unpaid(order.Id, window.End))
    /// </code></example>
    public DataStream<TResult> SelectAlone<TResult>(Func<TRight, Window, TResult> rightAlone)
    {
        ArgumentNullException.ThrowIfNull(rightAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult> { RightAlone = rightAlone });
    }

    private protected override WindowedRightJoin<TKey, TLeft, TRight> With(
        JoinDraft<TKey, TLeft, TRight> draft) => new(draft);
}
