using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>One quantile.</summary>
internal readonly struct QuantileAggregator<TIn>(QuantileSketches<TIn> sketches, double quantile)
    : IAggregator<TIn, QuantileSketch?, double>
{
    private readonly QuantileSketches<TIn> _sketches = sketches;
    private readonly double _quantile = quantile;

    // Made with the first record, so that an accumulator in a table that is never used costs nothing.
    public QuantileSketch? Create() => null;

    public void Add(ref QuantileSketch? accumulator, in TIn record) => _sketches.Add(ref accumulator, in record);

    public void Merge(ref QuantileSketch? into, in QuantileSketch? from) => QuantileSketches<TIn>.Merge(ref into, from);

    public double Result(in QuantileSketch? accumulator) => accumulator?.Quantile(_quantile) ?? double.NaN;

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in QuantileSketch? accumulator) =>
        QuantileSketches<TIn>.Write(ref writer, accumulator);

    public QuantileSketch? Read(ref StateReader reader) => _sketches.Read(ref reader);
}
