namespace StreamKit.Aggregation;

/// <summary>An aggregator as the window operators drive it: record by record, or a run of records at a time.</summary>
/// <remarks>
/// Record by record is best where the JIT compiles the whole nest of structs into one loop, which it does for records
/// that are values. For records that are references it shares one body of code among all types and inlines nothing
/// across it, so there a run pays each call once.
/// </remarks>
internal interface IWindowAggregator<TIn, TAcc, TOut> : IMonoid<TAcc>
{
    void Add(ref TAcc accumulator, in TIn record, in long timestamp);

    void AddRun(Accumulators<TAcc> accumulators, Run<TIn> run);

    TOut Result(in TAcc accumulator);
}
