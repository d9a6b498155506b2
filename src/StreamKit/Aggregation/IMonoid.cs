using System.Runtime.CompilerServices;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Accumulators that can be merged in their order, with a new one as the neutral element.</summary>
internal interface IMonoid<TAcc>
{
    /// <summary>How the total of a sliding row of accumulators is best kept.</summary>
    SlidingForm SlidingForm => SlidingForm.TwoStacks;

    /// <summary>
    /// Whether an accumulator that was copied by assignment stays as it was then, so that the copy can be written later
    /// and by another thread. Default: where it holds no references.
    /// </summary>
    bool IsPlain => !RuntimeHelpers.IsReferenceOrContainsReferences<TAcc>();

    TAcc Create();

    void Merge(ref TAcc into, in TAcc from);

    /// <summary>Undoes a merge; only where the form is <see cref="SlidingForm.Subtracted"/>.</summary>
    void Remove(ref TAcc from, in TAcc other) => throw new NotSupportedException();

    /// <summary>Says whose values <see cref="Write"/> writes.</summary>
    void DeclareNeeds(StateNeeds needs);

    /// <summary>Writes an accumulator into a snapshot.</summary>
    void Write(ref StateWriter writer, in TAcc accumulator);

    /// <summary>Reads what <see cref="Write"/> wrote; it goes on as if it had never been written.</summary>
    /// <exception cref="StateException">The bytes are not what is written.</exception>
    TAcc Read(ref StateReader reader);
}
