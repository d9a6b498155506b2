using StreamKit.Operators;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>The pairs of records with one key in one window, and the left records that found no right one.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TLeft">The type of the left records.</typeparam>
/// <typeparam name="TRight">The type of the right records.</typeparam>
/// <remarks>
/// The two forms of <c>Select</c> here have one lambda for each case, so nothing can be missing in any of them. For
/// records whose types are known, <see cref="JoinExtensions"/> adds the form with one lambda, in which the missing
/// record is null.
/// </remarks>
public sealed class WindowedLeftJoin<TKey, TLeft, TRight>
    : WindowedJoin<WindowedLeftJoin<TKey, TLeft, TRight>, TKey, TLeft, TRight>
    where TKey : notnull
{
    internal WindowedLeftJoin(JoinDraft<TKey, TLeft, TRight> draft)
        : base(draft)
    {
    }

    /// <summary>Makes a result of each pair, and of each left record that found no right one.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record.</param>
    /// <param name="leftAlone">The result of a left record that found no right one.</param>
    /// <example><code>
    /// .Select(
    ///     (order, payment) => new Row(order.Id, payment.Amount),
    ///     order => new Row(order.Id, null))
    /// </code></example>
    public DataStream<TResult> Select<TResult>(
        Func<TLeft, TRight, TResult> pair, Func<TLeft, TResult> leftAlone)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(leftAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = pair,
            LeftAlone = (record, _) => leftAlone(record),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each left record that found no right one, with their window.
    /// </summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record in a window.</param>
    /// <param name="leftAlone">The result of a left record that found no right one in a window.</param>
    public DataStream<TResult> Select<TResult>(
        Func<TLeft, TRight, Window, TResult> pair, Func<TLeft, Window, TResult> leftAlone)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(leftAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            PairInWindow = pair,
            LeftAlone = leftAlone,
        });
    }

    /// <summary>Makes a result only of each left record that found no right one, and forms no pairs.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="leftAlone">The result of a left record that found no right one in a window.</param>
    /// <example><code>
    /// .SelectAlone((order, window) => new Unpaid(order.Id, window.End))
    /// </code></example>
    public DataStream<TResult> SelectAlone<TResult>(Func<TLeft, Window, TResult> leftAlone)
    {
        ArgumentNullException.ThrowIfNull(leftAlone);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult> { LeftAlone = leftAlone });
    }

    private protected override WindowedLeftJoin<TKey, TLeft, TRight> With(
        JoinDraft<TKey, TLeft, TRight> draft) => new(draft);
}
