using System.Runtime.CompilerServices;
using StreamKit.Aggregation;
using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>What is computed per key and window.</content>
public sealed partial class WindowedStream<TKey, T>
{
    /// <summary>How many records there are.</summary>
    public DataStream<WindowResult<TKey, long>> Count() => Aggregate(Parts.Count<T>);

    /// <summary>
    /// The exact sum of integers; a sum outside the range of <see cref="long"/> goes to the error policy.
    /// </summary>
    /// <param name="selector">The number of a record.</param>
    public DataStream<WindowResult<TKey, long>> Sum(Func<T, long> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Sum(selector));
    }

    /// <summary>The sum of doubles, compensated, so that the error does not grow with the number of records.</summary>
    /// <param name="selector">The number of a record.</param>
    public DataStream<WindowResult<TKey, double>> Sum(Func<T, double> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Sum(selector));
    }

    /// <summary>The exact sum of decimals.</summary>
    /// <param name="selector">The number of a record.</param>
    public DataStream<WindowResult<TKey, decimal>> Sum(Func<T, decimal> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Sum(selector));
    }

    /// <summary>The arithmetic mean.</summary>
    /// <param name="selector">The number of a record.</param>
    [OverloadResolutionPriority(1)] // Whole numbers convert to double and to decimal; double is meant.
    public DataStream<WindowResult<TKey, double>> Average(Func<T, double> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Average(selector));
    }

    /// <summary>The arithmetic mean of decimals.</summary>
    /// <param name="selector">The number of a record.</param>
    public DataStream<WindowResult<TKey, decimal>> Average(Func<T, decimal> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Average(selector));
    }

    /// <summary>The smallest value, by the type's own order.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="selector">The value of a record.</param>
    public DataStream<WindowResult<TKey, TValue>> Min<TValue>(Func<T, TValue> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Min(selector));
    }

    /// <summary>The largest value, by the type's own order.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="selector">The value of a record.</param>
    public DataStream<WindowResult<TKey, TValue>> Max<TValue>(Func<T, TValue> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Aggregate(() => Parts.Max(selector));
    }

    /// <summary>The record with the smallest event time; among equals, the one that arrived first.</summary>
    public DataStream<WindowResult<TKey, T>> First() =>
        Aggregate(static () => Parts.First<T, T>(static record => record));

    /// <summary>The record with the largest event time; among equals, the one that arrived last.</summary>
    public DataStream<WindowResult<TKey, T>> Last() =>
        Aggregate(static () => Parts.Last<T, T>(static record => record));

    /// <summary>All records, by event time; among equals, as they arrived.</summary>
    /// <param name="limit">
    /// How many one key and window may hold; one more goes to the error policy. Memory grows with every record, so it
    /// has a bound. Default: 10,000.
    /// </param>
    public DataStream<WindowResult<TKey, IReadOnlyList<T>>> ToList(int limit = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Aggregate(() => Parts.List<T, T>(static record => record, limit));
    }

    /// <summary>Several aggregates in one pass, combined into one result.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="combine">
    /// Asks for aggregates and combines them. It is called once when the pipeline is built, to learn which it asks for,
    /// so it asks for the same ones in the same order each time and does nothing else; see <see cref="Aggregates{T}"/>.
    /// </param>
    /// <example><code>
    /// .Aggregate(a => new Stats(a.Count(), a.Average(x => x.Milliseconds)))
    /// </code></example>
    /// <exception cref="InvalidOperationException">The lambda failed when it was tried,
    /// or asks for nothing.</exception>
    public DataStream<WindowResult<TKey, TResult>> Aggregate<TResult>(Func<Aggregates<T>, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(combine);
        Composition.Of(combine); // A mistake shows here, where it was written.
        return Aggregate(() => Composition.Of(combine));
    }

    /// <summary>An aggregator of one's own.</summary>
    /// <typeparam name="TAcc">Its accumulator.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="aggregator">The aggregator; every lane uses the same one, so it
    /// keeps nothing between calls.</param>
    public DataStream<WindowResult<TKey, TResult>> Aggregate<TAcc, TResult>(IAggregator<T, TAcc, TResult> aggregator)
    {
        ArgumentNullException.ThrowIfNull(aggregator);
        return Aggregate(() => Parts.Of<T, TAcc, TResult, IAggregator<T, TAcc, TResult>>(aggregator));
    }

    /// <summary>An aggregator of one's own that looks at the event time of the records.</summary>
    /// <typeparam name="TAcc">Its accumulator.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="aggregator">The aggregator; every lane uses the same one, so it
    /// keeps nothing between calls.</param>
    public DataStream<WindowResult<TKey, TResult>> Aggregate<TAcc, TResult>(
        ITimedAggregator<T, TAcc, TResult> aggregator)
    {
        ArgumentNullException.ThrowIfNull(aggregator);
        return Aggregate(() => Parts.Timed<T, TAcc, TResult, ITimedAggregator<T, TAcc, TResult>>(aggregator));
    }

    private DataStream<WindowResult<TKey, TOut>> Aggregate<TOut>(Func<AggregatorPart<T, TOut>> aggregator)
    {
        StreamGraph graph = _stream.Builder.Graph;
        if (_options.PreAggregates && !_inPlace)
        {
            if (_late is not null)
            {
                throw new InvalidOperationException(
                    "PreAggregate sends sums instead of records, so there is nothing that could go to a late stream: "
                    + "leave out PreAggregate or SideOutputLate. Late records are counted in any case.");
            }

            KeyByNode<T, TKey> local = graph.Add(new KeyByNode<T, TKey>(_stream.Node, _key, inPlace: true));
            return _stream.Then(aggregator().Accept(new TwoPhases<TKey, T, TOut>(graph, local, _options, aggregator)));
        }

        KeyByNode<T, TKey> keys = Keys();
        return _stream.Then<WindowResult<TKey, TOut>>(_options.Assigner switch
        {
            CountAssigner => new CountWindowNode<TKey, T, TOut>(keys, _options, aggregator, _late),
            LookBackAssigner => new LookBackNode<TKey, T, TOut, WindowResult<TKey, TOut>>(
                keys, _options, aggregator, static (_, result) => result, _late),
            _ => new WindowNode<TKey, T, TOut>(keys, _options, aggregator, _late),
        });
    }
}
