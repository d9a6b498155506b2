namespace StreamKit.Aggregation;

/// <summary>An aggregator that can also forget, which the engine may use where windows overlap.</summary>
/// <typeparam name="TIn">The type of the records.</typeparam>
/// <typeparam name="TAcc">What is remembered between records.</typeparam>
/// <typeparam name="TOut">The type of the result.</typeparam>
/// <remarks>
/// No result may depend on whether <see cref="Remove"/> is called, so what cannot be taken back exactly (sums of
/// floating-point numbers, the rounding of decimals) is better left without this interface. The engine calls it where
/// windows slide: in hopping windows, sliding count windows and look-backs.
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
