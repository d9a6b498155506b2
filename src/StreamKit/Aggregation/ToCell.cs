using System.Runtime.CompilerServices;
using StreamKit.Records;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Puts an aggregator's result into a cell, where the user's lambda reads it.</summary>
internal readonly struct ToCell<TIn, TAcc, TOut, TAggregator>(TAggregator inner, Cell<TOut> cell)
    : IWindowAggregator<TIn, TAcc, Unit>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _inner = inner;
    private readonly Cell<TOut> _cell = cell;

    public SlidingForm SlidingForm => _inner.SlidingForm;

    public TAcc Create() => _inner.Create();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref TAcc accumulator, in TIn record, in long timestamp) =>
        _inner.Add(ref accumulator, in record, in timestamp);

    public void AddRun(Accumulators<TAcc> accumulators, Run<TIn> run) => _inner.AddRun(accumulators, run);

    public void Merge(ref TAcc into, in TAcc from) => _inner.Merge(ref into, in from);

    public void Remove(ref TAcc from, in TAcc other) => _inner.Remove(ref from, in other);

    public Unit Result(in TAcc accumulator)
    {
        _cell.Value = _inner.Result(in accumulator);
        return default;
    }

    public bool IsPlain => _inner.IsPlain;

    public void DeclareNeeds(StateNeeds needs) => _inner.DeclareNeeds(needs);

    public void Write(ref StateWriter writer, in TAcc accumulator) => _inner.Write(ref writer, in accumulator);

    public TAcc Read(ref StateReader reader) => _inner.Read(ref reader);
}
