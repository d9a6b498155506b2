using System.Runtime.CompilerServices;
using StreamKit.Records;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Computes all parts into their cells, then lets the user's lambda combine them.</summary>
internal readonly struct FromCells<TIn, TAcc, TOut, TAggregator>(
    TAggregator parts,
    Aggregates<TIn> aggregates,
    Func<Aggregates<TIn>, TOut> lambda) : IWindowAggregator<TIn, TAcc, TOut>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, Unit>
{
    private readonly TAggregator _parts = parts;
    private readonly Aggregates<TIn> _aggregates = aggregates;
    private readonly Func<Aggregates<TIn>, TOut> _lambda = lambda;

    public SlidingForm SlidingForm => _parts.SlidingForm;

    public TAcc Create() => _parts.Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref TAcc accumulator, in TIn record, in long timestamp) =>
        _parts.Add(ref accumulator, in record, in timestamp);

    public void AddRun(Accumulators<TAcc> accumulators, Run<TIn> run) => _parts.AddRun(accumulators, run);

    public void Merge(ref TAcc into, in TAcc from) => _parts.Merge(ref into, in from);

    public void Remove(ref TAcc from, in TAcc other) => _parts.Remove(ref from, in other);

    public TOut Result(in TAcc accumulator)
    {
        _parts.Result(in accumulator);
        return _aggregates.Read(_lambda);
    }

    public bool IsPlain => _parts.IsPlain;

    public void DeclareNeeds(StateNeeds needs) => _parts.DeclareNeeds(needs);

    public void Write(ref StateWriter writer, in TAcc accumulator) => _parts.Write(ref writer, in accumulator);

    public TAcc Read(ref StateReader reader) => _parts.Read(ref reader);
}
