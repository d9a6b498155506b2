using StreamKit.Operators;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>The pairs of records with one key in one window.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TLeft">The type of the left records.</typeparam>
/// <typeparam name="TRight">The type of the right records.</typeparam>
public sealed class WindowedInnerJoin<TKey, TLeft, TRight>
    : WindowedJoin<WindowedInnerJoin<TKey, TLeft, TRight>, TKey, TLeft, TRight>
    where TKey : notnull
{
    internal WindowedInnerJoin(JoinDraft<TKey, TLeft, TRight> draft)
        : base(draft)
    {
    }

    /// <summary>Makes a result of each pair.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record.</param>
    /// <example><code>
    /// .Select((order, payment) => new Paid(order.Id, payment.Amount))
    /// </code></example>
    public DataStream<TResult> Select<TResult>(Func<TLeft, TRight, TResult> pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult> { Pair = pair });
    }

    /// <summary>Makes a result of each pair and the window that it lies in.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="pair">The result of a left and a right record in a window.</param>
    public DataStream<TResult> Select<TResult>(Func<TLeft, TRight, Window, TResult> pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult> { PairInWindow = pair });
    }

    private protected override WindowedInnerJoin<TKey, TLeft, TRight> With(
        JoinDraft<TKey, TLeft, TRight> draft) => new(draft);
}
