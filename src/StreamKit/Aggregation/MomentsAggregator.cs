using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>What can be read from the moments of one number per record: variances and deviations.</summary>
internal readonly struct MomentsAggregator<TIn>(Func<TIn, double> selector, Func<Moments, double> result)
    : IAggregator<TIn, Moments, double>
{
    private readonly Func<TIn, double> _selector = selector;
    private readonly Func<Moments, double> _result = result;

    public Moments Create() => default;

    public void Add(ref Moments accumulator, in TIn record) => accumulator.Add(_selector(record));

    public void Merge(ref Moments into, in Moments from) => into.Merge(in from);

    public double Result(in Moments accumulator) => _result(accumulator);

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in Moments accumulator) => accumulator.Write(ref writer);

    public Moments Read(ref StateReader reader) => Moments.Read(ref reader);
}
