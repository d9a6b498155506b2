using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Count, means and sums of squares and products of the deviations of pairs of numbers.</summary>
/// <remarks>The method is that of <see cref="Moments"/>, with the product beside the squares.</remarks>
internal struct CoMoments
{
    private double _originX, _originY;
    private double _meanX, _meanY; // Relative to the origins.
    private double _squaresX, _squaresY, _products;

    public long Count { get; private set; }

    public readonly double SampleCovariance => Count < 2 ? double.NaN : _products / (Count - 1);

    /// <summary>Between -1 and 1; not a number where one side does not vary.</summary>
    public readonly double Correlation =>
        Count < 2 ? double.NaN : Math.Clamp(_products / Math.Sqrt(_squaresX) / Math.Sqrt(_squaresY), -1, 1);

    public readonly LinearTrend Trend
    {
        get
        {
            double slope = Count < 2 || _squaresX == 0 ? double.NaN : _products / _squaresX;
            return new LinearTrend(slope, _originY + _meanY - (slope * (_originX + _meanX)), Count);
        }
    }

    public void Add(double x, double y)
    {
        if (Count++ == 0)
        {
            (_originX, _originY) = (x, y);
        }

        double relativeX = x - _originX, relativeY = y - _originY;
        double beforeX = relativeX - _meanX, beforeY = relativeY - _meanY;
        _meanX += beforeX / Count;
        _meanY += beforeY / Count;
        _squaresX += beforeX * (relativeX - _meanX);
        _squaresY += beforeY * (relativeY - _meanY);
        _products += beforeX * (relativeY - _meanY);
    }

    public void Merge(in CoMoments other)
    {
        if (Count == 0)
        {
            this = other;
        }
        else if (other.Count > 0)
        {
            double betweenX = other._originX - _originX + other._meanX - _meanX;
            double betweenY = other._originY - _originY + other._meanY - _meanY;
            double share = other.Count / ((double)Count + other.Count);
            _squaresX += other._squaresX + (betweenX * betweenX * share * Count);
            _squaresY += other._squaresY + (betweenY * betweenY * share * Count);
            _products += other._products + (betweenX * betweenY * share * Count);
            _meanX += betweenX * share;
            _meanY += betweenY * share;
            Count += other.Count;
        }
    }

    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(_originX);
        writer.Write(_originY);
        writer.Write(_meanX);
        writer.Write(_meanY);
        writer.Write(_squaresX);
        writer.Write(_squaresY);
        writer.Write(_products);
    }

    public static CoMoments Read(ref StateReader reader) => new()
    {
        Count = reader.ReadInt64(),
        _originX = reader.ReadDouble(),
        _originY = reader.ReadDouble(),
        _meanX = reader.ReadDouble(),
        _meanY = reader.ReadDouble(),
        _squaresX = reader.ReadDouble(),
        _squaresY = reader.ReadDouble(),
        _products = reader.ReadDouble(),
    };
}
