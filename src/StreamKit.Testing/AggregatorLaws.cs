using StreamKit.Aggregation;
using StreamKit.Testing.Running;
using StreamKit.Time;

namespace StreamKit.Testing;

/// <summary>Checks that an aggregator keeps the laws on which windows rely.</summary>
/// <remarks>
/// Merge is associative, a new accumulator is its neutral element, adding all records gives what merging their parts
/// gives, merging shares nothing mutable, asking for the result changes nothing, <c>Remove</c> undoes a merge, and the
/// order of records does not matter.
/// </remarks>
public static class AggregatorLaws
{
    /// <summary>Checks an aggregator with samples.</summary>
    /// <typeparam name="TIn">The type of the records.</typeparam>
    /// <typeparam name="TAcc">The accumulator.</typeparam>
    /// <typeparam name="TOut">The type of the result.</typeparam>
    /// <param name="aggregator">The aggregator.</param>
    /// <param name="samples">At least three records, among them equal ones and extreme ones; up
    /// to about 20 is quick.</param>
    /// <param name="equals">When two results are the same; null: when they are equal, lists by their elements.</param>
    /// <param name="order">Whether the result may depend on the order of records. Default: it must not.</param>
    /// <exception cref="StreamTestException">A law is broken; the message names it, with the records.</exception>
    public static void Check<TIn, TAcc, TOut>(
        IAggregator<TIn, TAcc, TOut> aggregator,
        IReadOnlyList<TIn> samples,
        Func<TOut, TOut, bool>? equals = null,
        AggregatorOrder order = AggregatorOrder.Irrelevant)
    {
        ArgumentNullException.ThrowIfNull(aggregator);
        ArgumentNullException.ThrowIfNull(samples);
        Require(samples.Count);
        var check = new LawCheck<TIn, TAcc, TOut>(new UntimedLaws<TIn, TAcc, TOut>(aggregator), equals ?? AreEqual)
        {
            Name = aggregator.GetType().Name,
            OrderMatters = order == AggregatorOrder.Relevant,
            Remove = aggregator is IInvertibleAggregator<TIn, TAcc, TOut> invertible ? invertible.Remove : null,
        };
        check.Run([.. samples.Select(static (sample, index) => (sample, new Timestamp(index)))]);
    }

    /// <summary>Checks an aggregator that looks at event time with samples.</summary>
    /// <typeparam name="TIn">The type of the records.</typeparam>
    /// <typeparam name="TAcc">The accumulator.</typeparam>
    /// <typeparam name="TOut">The type of the result.</typeparam>
    /// <param name="aggregator">The aggregator.</param>
    /// <param name="samples">At least three records with their event times.</param>
    /// <param name="equals">When two results are the same; null: when they are equal, lists by their elements.</param>
    /// <param name="order">
    /// Whether the result may depend on the order of records. Where ties of event time are decided by arrival, it does
    /// unless all event times differ. Default: it must not.
    /// </param>
    /// <exception cref="StreamTestException">A law is broken; the message names it, with the records.</exception>
    public static void Check<TIn, TAcc, TOut>(
        ITimedAggregator<TIn, TAcc, TOut> aggregator,
        IReadOnlyList<(TIn Record, Timestamp Timestamp)> samples,
        Func<TOut, TOut, bool>? equals = null,
        AggregatorOrder order = AggregatorOrder.Irrelevant)
    {
        ArgumentNullException.ThrowIfNull(aggregator);
        ArgumentNullException.ThrowIfNull(samples);
        Require(samples.Count);
        var check = new LawCheck<TIn, TAcc, TOut>(aggregator, equals ?? AreEqual)
        {
            Name = aggregator.GetType().Name,
            OrderMatters = order == AggregatorOrder.Relevant,
        };
        check.Run(samples);
    }

    private static bool AreEqual<TOut>(TOut one, TOut other) => Structure.AreEqual(one, other);

    private static void Require(int samples)
    {
        if (samples < 3)
        {
            throw new ArgumentException(
                "Three samples are the least: associativity speaks of three parts.", nameof(samples));
        }
    }
}
