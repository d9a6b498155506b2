namespace StreamKit.Aggregation;

/// <summary>Accumulators that can be merged in their order, with a new one as the neutral element.</summary>
internal interface IMonoid<TAcc>
{
    /// <summary>How the total of a sliding row of accumulators is best kept.</summary>
    SlidingForm SlidingForm => SlidingForm.TwoStacks;

    TAcc Create();

    void Merge(ref TAcc into, in TAcc from);

    /// <summary>Undoes a merge; only where the form is <see cref="SlidingForm.Subtracted"/>.</summary>
    void Remove(ref TAcc from, in TAcc other) => throw new NotSupportedException();
}
