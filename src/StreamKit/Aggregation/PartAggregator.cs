using System.Runtime.CompilerServices;
using StreamKit.Records;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The first of two phases: an aggregator that also counts the records of each accumulator.</summary>
internal readonly struct PartAggregator<TIn, TAcc, TOut, TAggregator>(TAggregator inner)
    : IWindowAggregator<TIn, Partial<TAcc>, Unit>
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly TAggregator _inner = inner;

    public SlidingForm SlidingForm => SlidingForm.Recomputed;

    public Partial<TAcc> Create() => new() { Accumulator = _inner.Create() };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref Partial<TAcc> accumulator, in TIn record, in long timestamp)
    {
        _inner.Add(ref accumulator.Accumulator, in record, in timestamp);
        accumulator.Count++;
    }

    public void AddRun(Accumulators<Partial<TAcc>> accumulators, Run<TIn> run)
    {
        _inner.AddRun(new Accumulators<TAcc>(ref accumulators.First.Accumulator, accumulators.Stride), run);
        foreach (int index in run.Indexes)
        {
            accumulators[index].Count++;
        }
    }

    public void Merge(ref Partial<TAcc> into, in Partial<TAcc> from)
    {
        _inner.Merge(ref into.Accumulator, in from.Accumulator);
        into.Count += from.Count;
    }

    public void Remove(ref Partial<TAcc> from, in Partial<TAcc> other) =>
        throw new NotSupportedException("Parts are sent, not slid.");

    public Unit Result(in Partial<TAcc> accumulator) => default;

    public bool IsPlain => _inner.IsPlain;

    public void DeclareNeeds(StateNeeds needs) => _inner.DeclareNeeds(needs);

    public void Write(ref StateWriter writer, in Partial<TAcc> accumulator)
    {
        _inner.Write(ref writer, in accumulator.Accumulator);
        writer.Write(accumulator.Count);
    }

    public Partial<TAcc> Read(ref StateReader reader) =>
        new() { Accumulator = _inner.Read(ref reader), Count = reader.ReadInt32() };
}
