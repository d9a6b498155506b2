using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The arithmetic mean of doubles, from a compensated sum.</summary>
internal readonly struct AverageAggregator<TIn>(Func<TIn, double> selector) : IAggregator<TIn, CompensatedSum, double>
{
    private readonly Func<TIn, double> _selector = selector;

    public CompensatedSum Create() => default;

    public void Add(ref CompensatedSum accumulator, in TIn record) => accumulator.Add(_selector(record));

    public void Merge(ref CompensatedSum into, in CompensatedSum from) => into.Merge(in from);

    public double Result(in CompensatedSum accumulator) => accumulator.Value / accumulator.Count;

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in CompensatedSum accumulator) => accumulator.Write(ref writer);

    public CompensatedSum Read(ref StateReader reader) => CompensatedSum.Read(ref reader);
}
