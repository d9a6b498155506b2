using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>How many records there are.</summary>
internal readonly struct CountAggregator<TIn>
    : IInvertibleAggregator<TIn, long, long>, IWindowAggregator<TIn, long, long>
{
    public SlidingForm SlidingForm => SlidingForm.Subtracted;

    public long Create() => 0;

    public void Add(ref long accumulator, in TIn record) => accumulator++;

    public void Add(ref long accumulator, in TIn record, in long timestamp) => accumulator++;

    public void AddRun(Accumulators<long> accumulators, Run<TIn> run)
    {
        if (run.IsOne)
        {
            accumulators[run.Indexes[0]] += run.Records.Length;
            return;
        }

        foreach (int index in run.Indexes)
        {
            accumulators[index]++;
        }
    }

    public void Merge(ref long into, in long from) => into += from;

    public void Remove(ref long from, in long other) => from -= other;

    public long Result(in long accumulator) => accumulator;

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in long accumulator) => writer.Write(accumulator);

    public long Read(ref StateReader reader) => reader.ReadInt64();
}
