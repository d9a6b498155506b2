using System.Runtime.CompilerServices;
using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>An aggregator that looks at event time, as the engine drives it.</summary>
internal readonly struct Timed<TIn, TAcc, TOut, TAggregator>(TAggregator inner) : IWindowAggregator<TIn, TAcc, TOut>
    where TAggregator : ITimedAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _inner = inner;

    public SlidingForm SlidingForm => _inner is IGrowing ? SlidingForm.Recomputed : SlidingForm.TwoStacks;

    public TAcc Create() => _inner.Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref TAcc accumulator, in TIn record, in long timestamp) =>
        _inner.Add(ref accumulator, in record, new Timestamp(timestamp));

    public void AddRun(Accumulators<TAcc> accumulators, Run<TIn> run)
    {
        for (int i = 0; i < run.Records.Length; i++)
        {
            run.At(i);
            _inner.Add(ref accumulators[run.Indexes[i]], in run.Records[i], new Timestamp(run.Timestamps[i]));
        }
    }

    public void Merge(ref TAcc into, in TAcc from) => _inner.Merge(ref into, in from);

    public TOut Result(in TAcc accumulator) => _inner.Result(in accumulator);

    public void DeclareNeeds(StateNeeds needs) => _inner.DeclareNeeds(needs);

    public void Write(ref StateWriter writer, in TAcc accumulator) => _inner.Write(ref writer, in accumulator);

    public TAcc Read(ref StateReader reader) => _inner.Read(ref reader);
}
