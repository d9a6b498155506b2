using System.Runtime.CompilerServices;

namespace StreamKit.Aggregation;

/// <summary>
/// What several aggregates in one pass are made of; the argument of the lambda given to <c>Aggregate</c>.
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// The lambda is called once when the pipeline is built, to learn which aggregates it asks for (numbers are then 1,
/// other values default), and once for every result. So it asks for the same aggregates in the same order each time,
/// and does nothing else but combine them; further computing belongs in a <c>Select</c> after it.
/// </remarks>
public sealed partial class Aggregates<T>
{
    private readonly List<IAskedAggregate<T>> _asked = [];
    private bool _recording = true;
    private int _next;

    internal Aggregates()
    {
    }

    internal IReadOnlyList<IAskedAggregate<T>> Asked => _asked;

    /// <summary>How many records there are.</summary>
    public long Count() => Ask(1L, static _ => Parts.Count<T>(), 0);

    /// <summary>The exact sum of integers.</summary>
    /// <param name="selector">The number of a record.</param>
    /// <exception cref="OverflowException">(When records are added) the sum leaves the
    /// range of <see cref="long"/>.</exception>
    public long Sum(Func<T, long> selector) => Ask(1L, Parts.Sum, selector);

    /// <summary>The sum of doubles, compensated, so that the error does not grow with the number of records.</summary>
    /// <param name="selector">The number of a record.</param>
    public double Sum(Func<T, double> selector) => Ask(1.0, Parts.Sum, selector);

    /// <summary>The exact sum of decimals.</summary>
    /// <param name="selector">The number of a record.</param>
    /// <exception cref="OverflowException">(When records are added) the sum leaves the
    /// range of <see cref="decimal"/>.</exception>
    public decimal Sum(Func<T, decimal> selector) => Ask(1m, Parts.Sum, selector);

    /// <summary>The arithmetic mean.</summary>
    /// <param name="selector">The number of a record.</param>
    [OverloadResolutionPriority(1)] // Whole numbers convert to double and to decimal; double is meant.
    public double Average(Func<T, double> selector) => Ask(1.0, Parts.Average, selector);

    /// <summary>The arithmetic mean of decimals.</summary>
    /// <param name="selector">The number of a record.</param>
    public decimal Average(Func<T, decimal> selector) => Ask(1m, Parts.Average, selector);

    /// <summary>The smallest value, by the type's own order.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="selector">The value of a record.</param>
    public TValue Min<TValue>(Func<T, TValue> selector) => Ask(default(TValue)!, Parts.Min, selector);

    /// <summary>The largest value, by the type's own order.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="selector">The value of a record.</param>
    public TValue Max<TValue>(Func<T, TValue> selector) => Ask(default(TValue)!, Parts.Max, selector);

    /// <summary>
    /// The value of the record with the smallest event time; among equals, of the one that arrived first.
    /// </summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="selector">The value of a record.</param>
    public TValue First<TValue>(Func<T, TValue> selector) => Ask(default(TValue)!, Parts.First, selector);

    /// <summary>
    /// The value of the record with the largest event time; among equals, of the one that arrived last.
    /// </summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="selector">The value of a record.</param>
    public TValue Last<TValue>(Func<T, TValue> selector) => Ask(default(TValue)!, Parts.Last, selector);

    /// <summary>All values, by event time; among equals, as they arrived.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="selector">The value of a record.</param>
    /// <param name="limit">
    /// How many one window may hold; one more is an error. Memory grows with every record, so it
    /// has a bound. Default: 10,000.
    /// </param>
    public IReadOnlyList<TValue> ToList<TValue>(Func<T, TValue> selector, int limit = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Ask<IReadOnlyList<TValue>, (Func<T, TValue>, int)>(
            [], static a => Parts.List(a.Item1, a.Item2), (selector, limit));
    }

    /// <summary>The result of an aggregator of one's own.</summary>
    /// <typeparam name="TAcc">Its accumulator.</typeparam>
    /// <typeparam name="TOut">Its result.</typeparam>
    /// <param name="aggregator">The aggregator.</param>
    public TOut Of<TAcc, TOut>(IAggregator<T, TAcc, TOut> aggregator) =>
        Ask(default(TOut)!, Parts.Of<T, TAcc, TOut, IAggregator<T, TAcc, TOut>>, aggregator);

    /// <summary>Calls the lambda to learn which aggregates it asks for.</summary>
    internal void Record<TOut>(Func<Aggregates<T>, TOut> lambda)
    {
        try
        {
            lambda(this);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                "The lambda given to Aggregate failed when it was tried with numbers of 1 and default values: "
                + "let it only collect aggregates, and compute with them in a Select after it.",
                exception);
        }

        if (_asked.Count == 0)
        {
            throw new InvalidOperationException("The lambda given to Aggregate asks for no aggregate.");
        }

        _recording = false;
    }

    /// <summary>Calls the lambda for a result whose parts lie in the cells.</summary>
    internal TOut Read<TOut>(Func<Aggregates<T>, TOut> lambda)
    {
        _next = 0;
        TOut result = lambda(this);
        return _next == _asked.Count ? result : throw Changed();
    }

    private static InvalidOperationException Changed() => new(
        "The lambda given to Aggregate asked for other aggregates than when the pipeline was built: "
        + "it must ask for the same ones in the same order each time.");

    private TOut Ask<TOut, TArgument>(TOut trial, Func<TArgument, AggregatorPart<T, TOut>> part, TArgument argument)
    {
        if (_recording)
        {
            ArgumentNullException.ThrowIfNull(argument);
            _asked.Add(new AskedAggregate<T, TOut>(part(argument)));
            return trial;
        }

        return _next < _asked.Count && _asked[_next] is AskedAggregate<T, TOut> asked
            ? asked.Take(ref _next)
            : throw Changed();
    }
}
