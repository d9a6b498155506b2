namespace StreamKit.Aggregation;

/// <summary>An aggregator that can also forget, which the engine may use where windows overlap.</summary>
/// <typeparam name="TIn">The type of the records.</typeparam>
/// <typeparam name="TAcc">What is remembered between records.</typeparam>
/// <typeparam name="TOut">The type of the result.</typeparam>
/// <remarks>
/// No result may depend on whether <see cref="Remove"/> is called; so an aggregator over doubles, which round, is none.
/// The engine calls it where windows slide: in sliding count windows and in look-backs.
/// </remarks>
public interface IInvertibleAggregator<TIn, TAcc, TOut> : IAggregator<TIn, TAcc, TOut>
{
    /// <summary>
    /// Takes away everything that another accumulator has seen, which was merged into this one before.
    /// </summary>
    /// <param name="from">The accumulator that shrinks.</param>
    /// <param name="other">The accumulator that is read.</param>
    void Remove(ref TAcc from, in TAcc other);
}
