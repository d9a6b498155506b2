using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Count, mean and sum of squared deviations of numbers.</summary>
/// <remarks>
/// B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", Technometrics 4 (1962);
/// two parts are joined after T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating Formulae and a Pairwise Algorithm for
/// Computing Sample Variances" (1979). Numbers are taken relative to the first one, so that an offset which is large
/// beside the deviations costs no digits.
/// </remarks>
internal struct Moments
{
    private double _origin;
    private double _mean; // Relative to the origin.
    private double _squares;

    public long Count { get; private set; }

    public readonly double PopulationVariance => Count == 0 ? double.NaN : _squares / Count;

    public readonly double SampleVariance => Count < 2 ? double.NaN : _squares / (Count - 1);

    public readonly double SampleDeviation => Math.Sqrt(SampleVariance);

    public void Add(double number)
    {
        if (Count++ == 0)
        {
            _origin = number;
        }

        double relative = number - _origin;
        double before = relative - _mean;
        _mean += before / Count;
        _squares += before * (relative - _mean);
    }

    public void Merge(in Moments other)
    {
        if (Count == 0)
        {
            this = other;
        }
        else if (other.Count > 0)
        {
            double between = other._origin - _origin + other._mean - _mean;
            double share = other.Count / ((double)Count + other.Count);
            _squares += other._squares + (between * between * share * Count);
            _mean += between * share;
            Count += other.Count;
        }
    }

    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(_origin);
        writer.Write(_mean);
        writer.Write(_squares);
    }

    public static Moments Read(ref StateReader reader) => new()
    {
        Count = reader.ReadInt64(),
        _origin = reader.ReadDouble(),
        _mean = reader.ReadDouble(),
        _squares = reader.ReadDouble(),
    };
}
