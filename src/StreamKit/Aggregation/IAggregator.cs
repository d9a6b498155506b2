using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Turns the records of a window into one result, a record at a time.</summary>
/// <typeparam name="TIn">The type of the records.</typeparam>
/// <typeparam name="TAcc">What is remembered between records; a struct is kept unboxed.</typeparam>
/// <typeparam name="TOut">The type of the result.</typeparam>
/// <remarks>
/// <para>
/// Laws: <see cref="Merge"/> is associative, a new accumulator is its neutral element, and adding records to two
/// accumulators and merging them gives what adding all of them to one gives. Records come in any order, so the result
/// must not depend on it. <c>StreamKit.Testing</c> checks the laws.
/// </para>
/// <para>
/// One aggregator serves all keys, windows and lanes, and several lanes call it at the same time: it keeps nothing
/// between calls, and what it only reads must not change. It is called through this interface, also where it is a
/// struct; the accumulator is what is best a struct.
/// </para>
/// </remarks>
public interface IAggregator<TIn, TAcc, TOut>
{
    /// <summary>A new accumulator that has seen no record.</summary>
    TAcc Create();

    /// <summary>Adds one record.</summary>
    /// <param name="accumulator">The accumulator.</param>
    /// <param name="record">The record.</param>
    void Add(ref TAcc accumulator, in TIn record);

    /// <summary>Adds everything that another accumulator has seen; the other is left as it is.</summary>
    /// <param name="into">The accumulator that grows.</param>
    /// <param name="from">The accumulator that is read; the two must not come to share mutable parts.</param>
    void Merge(ref TAcc into, in TAcc from);

    /// <summary>The result so far; the accumulator is used again afterwards.</summary>
    /// <param name="accumulator">The accumulator; it has seen at least one record.</param>
    TOut Result(in TAcc accumulator);

    /// <summary>Says whose values <see cref="Write"/> writes, so that a missing serializer is told at once.</summary>
    /// <param name="needs">Told of each type. Default: of the accumulator's.</param>
    void DeclareNeeds(StateNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        needs.Add<TAcc>();
    }

    /// <summary>Writes an accumulator into a snapshot. Default: as a value of its type.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="accumulator">The accumulator; it is used again afterwards.</param>
    void Write(ref StateWriter writer, in TAcc accumulator) => writer.Value(in accumulator);

    /// <summary>
    /// Reads an accumulator that <see cref="Write"/> wrote; it goes on as if it had never been written. Default: as a
    /// value of its type.
    /// </summary>
    /// <param name="reader">Where it comes from.</param>
    /// <exception cref="StateException">The bytes are not what is written.</exception>
    TAcc Read(ref StateReader reader) => reader.Value<TAcc>();
}
