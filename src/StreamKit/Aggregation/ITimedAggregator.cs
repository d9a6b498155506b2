using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>
/// An aggregator whose result depends on the event time of the records, such as the first or the last.
/// </summary>
/// <typeparam name="TIn">The type of the records.</typeparam>
/// <typeparam name="TAcc">What is remembered between records; a struct is kept unboxed.</typeparam>
/// <typeparam name="TOut">The type of the result.</typeparam>
/// <remarks>
/// The windowed stream's <c>Aggregate</c> takes it like an <see cref="IAggregator{TIn,TAcc,TOut}"/>, whose laws and
/// rules hold here too.
/// </remarks>
public interface ITimedAggregator<TIn, TAcc, TOut>
{
    /// <inheritdoc cref="IAggregator{TIn,TAcc,TOut}.Create"/>
    TAcc Create();

    /// <summary>Adds one record.</summary>
    /// <param name="accumulator">The accumulator.</param>
    /// <param name="record">The record.</param>
    /// <param name="timestamp">Its event time.</param>
    void Add(ref TAcc accumulator, in TIn record, Timestamp timestamp);

    /// <inheritdoc cref="IAggregator{TIn,TAcc,TOut}.Merge"/>
    void Merge(ref TAcc into, in TAcc from);

    /// <inheritdoc cref="IAggregator{TIn,TAcc,TOut}.Result"/>
    TOut Result(in TAcc accumulator);

    /// <inheritdoc cref="IAggregator{TIn,TAcc,TOut}.DeclareNeeds"/>
    void DeclareNeeds(StateNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        needs.Add<TAcc>();
    }

    /// <inheritdoc cref="IAggregator{TIn,TAcc,TOut}.Write"/>
    void Write(ref StateWriter writer, in TAcc accumulator) => writer.Value(in accumulator);

    /// <inheritdoc cref="IAggregator{TIn,TAcc,TOut}.Read"/>
    TAcc Read(ref StateReader reader) => reader.Value<TAcc>();
}
