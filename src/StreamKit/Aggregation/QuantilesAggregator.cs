using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Several quantiles from one sketch.</summary>
internal readonly struct QuantilesAggregator<TIn>(QuantileSketches<TIn> sketches, double[] quantiles)
    : IAggregator<TIn, QuantileSketch?, IReadOnlyList<double>>
{
    private readonly QuantileSketches<TIn> _sketches = sketches;
    private readonly double[] _quantiles = quantiles;

    // Made with the first record, so that an accumulator in a table that is never used costs nothing.
    public QuantileSketch? Create() => null;

    public void Add(ref QuantileSketch? accumulator, in TIn record) => _sketches.Add(ref accumulator, in record);

    public void Merge(ref QuantileSketch? into, in QuantileSketch? from) => QuantileSketches<TIn>.Merge(ref into, from);

    public IReadOnlyList<double> Result(in QuantileSketch? accumulator)
    {
        double[] results = new double[_quantiles.Length];
        if (accumulator is null)
        {
            Array.Fill(results, double.NaN);
        }
        else
        {
            accumulator.Quantiles(_quantiles, results);
        }

        return results;
    }

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in QuantileSketch? accumulator) =>
        QuantileSketches<TIn>.Write(ref writer, accumulator);

    public QuantileSketch? Read(ref StateReader reader) => _sketches.Read(ref reader);
}
