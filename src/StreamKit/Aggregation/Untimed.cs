using System.Runtime.CompilerServices;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>An aggregator that does not look at event time, as the engine drives it.</summary>
internal readonly struct Untimed<TIn, TAcc, TOut, TAggregator>(TAggregator inner) : ITimedAggregator<TIn, TAcc, TOut>
    where TAggregator : IAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _inner = inner;

    public TAcc Create() => _inner.Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref TAcc accumulator, in TIn record, Timestamp timestamp) => _inner.Add(ref accumulator, in record);

    public void Merge(ref TAcc into, in TAcc from) => _inner.Merge(ref into, in from);

    public TOut Result(in TAcc accumulator) => _inner.Result(in accumulator);
}
