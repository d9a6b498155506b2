using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>A sum whose terms lose half their weight with every half-life, as of the newest record.</summary>
internal readonly struct DecayedSumAggregator<TIn>(Func<TIn, double> selector, long halfLifeTicks)
    : ITimedAggregator<TIn, DecayedSum, double>
{
    private readonly Func<TIn, double> _selector = selector;
    private readonly Decay _decay = new(halfLifeTicks);

    public DecayedSum Create() => default;

    public void Add(ref DecayedSum accumulator, in TIn record, Timestamp timestamp) =>
        accumulator.Add(_selector(record), timestamp.Ticks, _decay);

    public void Merge(ref DecayedSum into, in DecayedSum from) => into.Merge(in from);

    public double Result(in DecayedSum accumulator) => accumulator.At(_decay);

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in DecayedSum accumulator)
    {
        _decay.Write(ref writer);
        accumulator.Write(ref writer);
    }

    public DecayedSum Read(ref StateReader reader)
    {
        _decay.Check(ref reader);
        return DecayedSum.Read(ref reader);
    }
}
