using System.Runtime.CompilerServices;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The second of two phases: an aggregator over what the first has made of some records.</summary>
internal readonly struct PartialAggregator<TIn, TAcc, TOut, TAggregator>(TAggregator inner)
    : IWindowAggregator<Partial<TAcc>, TAcc, TOut>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _inner = inner;

    public SlidingForm SlidingForm => _inner.SlidingForm;

    public TAcc Create() => _inner.Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref TAcc accumulator, in Partial<TAcc> record, in long timestamp) =>
        _inner.Merge(ref accumulator, in record.Accumulator);

    public void AddRun(Accumulators<TAcc> accumulators, Run<Partial<TAcc>> run)
    {
        for (int i = 0; i < run.Records.Length; i++)
        {
            run.At(i);
            _inner.Merge(ref accumulators[run.Indexes[i]], in run.Records[i].Accumulator);
        }
    }

    public void Merge(ref TAcc into, in TAcc from) => _inner.Merge(ref into, in from);

    public void Remove(ref TAcc from, in TAcc other) => _inner.Remove(ref from, in other);

    public TOut Result(in TAcc accumulator) => _inner.Result(in accumulator);

    public bool IsPlain => _inner.IsPlain;

    public void DeclareNeeds(StateNeeds needs) => _inner.DeclareNeeds(needs);

    public void Write(ref StateWriter writer, in TAcc accumulator) => _inner.Write(ref writer, in accumulator);

    public TAcc Read(ref StateReader reader) => _inner.Read(ref reader);
}
