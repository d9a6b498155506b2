using System.Runtime.CompilerServices;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>An aggregator that does not look at event time, as the engine drives it.</summary>
internal readonly struct Untimed<TIn, TAcc, TOut, TAggregator>(TAggregator inner) : IWindowAggregator<TIn, TAcc, TOut>
    where TAggregator : IAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _inner = inner;

    // What an accumulator of a user's own class grows to is not known, so it is not kept several times.
    public SlidingForm SlidingForm => _inner switch
    {
        IGrowing => SlidingForm.Recomputed,
        IInvertibleAggregator<TIn, TAcc, TOut> => SlidingForm.Subtracted,
        _ when !typeof(TAggregator).IsValueType && !typeof(TAcc).IsValueType => SlidingForm.Recomputed,
        _ => SlidingForm.TwoStacks,
    };

    public TAcc Create() => _inner.Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref TAcc accumulator, in TIn record, in long timestamp) => _inner.Add(ref accumulator, in record);

    public void AddRun(Accumulators<TAcc> accumulators, Run<TIn> run)
    {
        for (int i = 0; i < run.Records.Length; i++)
        {
            run.At(i);
            _inner.Add(ref accumulators[run.Indexes[i]], in run.Records[i]);
        }
    }

    public void Merge(ref TAcc into, in TAcc from) => _inner.Merge(ref into, in from);

    public void Remove(ref TAcc from, in TAcc other) =>
        ((IInvertibleAggregator<TIn, TAcc, TOut>)_inner).Remove(ref from, in other);

    public TOut Result(in TAcc accumulator) => _inner.Result(in accumulator);

    public void DeclareNeeds(StateNeeds needs) => _inner.DeclareNeeds(needs);

    public void Write(ref StateWriter writer, in TAcc accumulator) => _inner.Write(ref writer, in accumulator);

    public TAcc Read(ref StateReader reader) => _inner.Read(ref reader);
}
