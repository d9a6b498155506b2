using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>An operator that can do the work of the step before it in its own loop.</summary>
internal interface IFusable<T>
{
    /// <summary>An operator that does what this one does for those records only that satisfy a predicate.</summary>
    /// <returns>Null where it cannot; this operator must not be used any more where it can.</returns>
    Receiver<Batch<T>>? Behind(Func<T, bool> predicate, OperatorContext context);

    /// <summary>An operator that does what this one does for what a selector makes of each record.</summary>
    /// <inheritdoc cref="Behind" path="/returns"/>
    Receiver<Batch<TBefore>>? Behind<TBefore>(Func<TBefore, T> selector, OperatorContext context);
}
