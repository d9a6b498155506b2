using StreamKit.Operators;

namespace StreamKit;

/// <summary>
/// Outer joins with one lambda, for records whose types are known to be classes or values: what is missing is null.
/// </summary>
public static class JoinExtensions
{
    /// <summary>
    /// Makes a result of each pair, and of each left record that found no right one, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which the right one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedLeftJoin<TKey, TLeft, TRight> join, Func<TLeft, TRight?, TResult> select)
        where TKey : notnull
        where TRight : class
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            LeftAlone = (left, _) => select(left, null),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each left record that found no right one, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which the right one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedLeftJoin<TKey, TLeft, TRight> join, Func<TLeft, TRight?, TResult> select)
        where TKey : notnull
        where TRight : struct
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            LeftAlone = (left, _) => select(left, null),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each right record that found no left one, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which the left one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedRightJoin<TKey, TLeft, TRight> join, Func<TLeft?, TRight, TResult> select)
        where TKey : notnull
        where TLeft : class
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            RightAlone = (right, _) => select(null, right),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each right record that found no left one, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which the left one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedRightJoin<TKey, TLeft, TRight> join, Func<TLeft?, TRight, TResult> select)
        where TKey : notnull
        where TLeft : struct
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            RightAlone = (right, _) => select(null, right),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each record of either side that found no other, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedFullJoin<TKey, TLeft, TRight> join, Func<TLeft?, TRight?, TResult> select)
        where TKey : notnull
        where TLeft : class
        where TRight : class
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            LeftAlone = (left, _) => select(left, null),
            RightAlone = (right, _) => select(null, right),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each record of either side that found no other, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedFullJoin<TKey, TLeft, TRight> join, Func<TLeft?, TRight?, TResult> select)
        where TKey : notnull
        where TLeft : class
        where TRight : struct
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            LeftAlone = (left, _) => select(left, null),
            RightAlone = (right, _) => select(null, right),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each record of either side that found no other, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedFullJoin<TKey, TLeft, TRight> join, Func<TLeft?, TRight?, TResult> select)
        where TKey : notnull
        where TLeft : struct
        where TRight : class
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            LeftAlone = (left, _) => select(left, null),
            RightAlone = (right, _) => select(null, right),
        });
    }

    /// <summary>
    /// Makes a result of each pair, and of each record of either side that found no other, with null in its place.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TLeft">The type of the left records.</typeparam>
    /// <typeparam name="TRight">The type of the right records.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="join">The join.</param>
    /// <param name="select">The result of a left and a right record, of which one may be null.</param>
    public static DataStream<TResult> Select<TKey, TLeft, TRight, TResult>(
        this WindowedFullJoin<TKey, TLeft, TRight> join, Func<TLeft?, TRight?, TResult> select)
        where TKey : notnull
        where TLeft : struct
        where TRight : struct
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(select);
        return join.Draft.Select(new JoinSelectors<TKey, TLeft, TRight, TResult>
        {
            Pair = (left, right) => select(left, right),
            LeftAlone = (left, _) => select(left, null),
            RightAlone = (right, _) => select(null, right),
        });
    }
}
