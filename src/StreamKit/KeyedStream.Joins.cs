using StreamKit.Operators;

namespace StreamKit;

/// <content>Joins with another stream that has keys of the same type.</content>
public sealed partial class KeyedStream<TKey, T>
{
    /// <summary>Pairs every record with every record of the other stream that has the same key.</summary>
    /// <typeparam name="TRight">The type of the other stream's records.</typeparam>
    /// <param name="right">The other stream; it may have been begun apart, and belongs to this pipeline then.</param>
    /// <remarks>The watermark of the join is that of the slower stream, unless it is idle.</remarks>
    /// <example><code>
    /// orders.KeyBy(o => o.Id).Join(payments.KeyBy(p => p.OrderId))
    ///     .Within(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    ///     .Select((o, p) => new Paid(o.Id, p.Amount))
    /// </code></example>
    public JoinBounds<WindowedInnerJoin<TKey, T, TRight>> Join<TRight>(KeyedStream<TKey, TRight> right) =>
        Bounds(right, static draft => new WindowedInnerJoin<TKey, T, TRight>(draft));

    /// <summary>The pairs, and the records of this stream that found no other.</summary>
    /// <typeparam name="TRight">The type of the other stream's records.</typeparam>
    /// <param name="right">The other stream; it may have been begun apart, and belongs to this pipeline then.</param>
    /// <example><code>
    /// orders.KeyBy(o => o.Id).LeftJoin(payments.KeyBy(p => p.OrderId))
    ///     .Within(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    ///     .Select((o, p) => new Row(o.Id, p?.Amount))
    /// </code></example>
    public JoinBounds<WindowedLeftJoin<TKey, T, TRight>> LeftJoin<TRight>(KeyedStream<TKey, TRight> right) =>
        Bounds(right, static draft => new WindowedLeftJoin<TKey, T, TRight>(draft));

    /// <summary>The pairs, and the records of the other stream that found none of this one.</summary>
    /// <typeparam name="TRight">The type of the other stream's records.</typeparam>
    /// <param name="right">The other stream; it may have been begun apart, and belongs to this pipeline then.</param>
    /// <example><code>
    /// orders.KeyBy(o => o.Id).RightJoin(payments.KeyBy(p => p.OrderId))
    ///     .Within(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    ///     .Select((o, p) => new Row(o?.Id, p.Amount))
    /// </code></example>
    public JoinBounds<WindowedRightJoin<TKey, T, TRight>> RightJoin<TRight>(KeyedStream<TKey, TRight> right) =>
        Bounds(right, static draft => new WindowedRightJoin<TKey, T, TRight>(draft));

    /// <summary>The pairs, and the records of both streams that found no other.</summary>
    /// <typeparam name="TRight">The type of the other stream's records.</typeparam>
    /// <param name="right">The other stream; it may have been begun apart, and belongs to this pipeline then.</param>
    /// <example><code>
    /// orders.KeyBy(o => o.Id).FullJoin(payments.KeyBy(p => p.OrderId))
    ///     .Within(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    ///     .Select((o, p) => new Row(o?.Id, p?.Amount))
    /// </code></example>
    public JoinBounds<WindowedFullJoin<TKey, T, TRight>> FullJoin<TRight>(KeyedStream<TKey, TRight> right) =>
        Bounds(right, static draft => new WindowedFullJoin<TKey, T, TRight>(draft));

    /// <summary>Brings all records of a key together, those of this stream and those of the other one.</summary>
    /// <typeparam name="TRight">The type of the other stream's records.</typeparam>
    /// <param name="right">The other stream; it may have been begun apart, and belongs to this pipeline then.</param>
    /// <example><code>
    /// clicks.KeyBy(c => c.User).CoGroup(searches.KeyBy(s => s.User))
    ///     .Within(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    ///     .Select((user, clicked, searched) => new Activity(user, clicked.Count, searched.Count))
    /// </code></example>
    public JoinBounds<WindowedCoGroup<TKey, T, TRight>> CoGroup<TRight>(KeyedStream<TKey, TRight> right) =>
        Bounds(right, static draft => new WindowedCoGroup<TKey, T, TRight>(draft));

    private JoinBounds<TJoin> Bounds<TRight, TJoin>(
        KeyedStream<TKey, TRight> right, Func<JoinDraft<TKey, T, TRight>, TJoin> create)
    {
        ArgumentNullException.ThrowIfNull(right);
        _stream.Builder.Absorb(right._stream.Builder);
        return new JoinBounds<TJoin>(windows => create(new JoinDraft<TKey, T, TRight>(new JoinOptions(windows))
        {
            Left = _stream,
            LeftKey = _key,
            Right = right._stream,
            RightKey = right._key,
        }));
    }
}
