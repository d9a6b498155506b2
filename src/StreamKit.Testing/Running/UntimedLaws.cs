using StreamKit.Aggregation;
using StreamKit.Time;

namespace StreamKit.Testing.Running;

/// <summary>An aggregator that does not look at event time, among those that do.</summary>
internal sealed class UntimedLaws<TIn, TAcc, TOut>(IAggregator<TIn, TAcc, TOut> inner)
    : ITimedAggregator<TIn, TAcc, TOut>
{
    public TAcc Create() => inner.Create();

    public void Add(ref TAcc accumulator, in TIn record, Timestamp timestamp) => inner.Add(ref accumulator, in record);

    public void Merge(ref TAcc into, in TAcc from) => inner.Merge(ref into, in from);

    public TOut Result(in TAcc accumulator) => inner.Result(in accumulator);
}
