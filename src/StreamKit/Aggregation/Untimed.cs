using System.Runtime.CompilerServices;

namespace StreamKit.Aggregation;

/// <summary>An aggregator that does not look at event time, as the engine drives it.</summary>
internal readonly struct Untimed<TIn, TAcc, TOut, TAggregator>(TAggregator inner) : IWindowAggregator<TIn, TAcc, TOut>
    where TAggregator : IAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _inner = inner;
    private readonly IInvertibleAggregator<TIn, TAcc, TOut>? _invertible =
        inner as IInvertibleAggregator<TIn, TAcc, TOut>;

    public Sliding Sliding =>
        _invertible is not null ? Sliding.Subtracted
        : typeof(TAcc).IsValueType ? Sliding.Stacked
        : Sliding.Combined;

    public TAcc Create() => _inner.Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref TAcc accumulator, in TIn record, long timestamp) => _inner.Add(ref accumulator, in record);

    public void AddRun(Accumulators<TAcc> accumulators, Run<TIn> run)
    {
        for (int i = 0; i < run.Records.Length; i++)
        {
            run.At(i);
            _inner.Add(ref accumulators[run.Indexes[i]], in run.Records[i]);
        }
    }

    public void Merge(ref TAcc into, in TAcc from) => _inner.Merge(ref into, in from);

    public void Remove(ref TAcc from, in TAcc other) => _invertible!.Remove(ref from, in other); // Asked first.

    public TOut Result(in TAcc accumulator) => _inner.Result(in accumulator);
}
