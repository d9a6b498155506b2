using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>A sum of doubles with its rounding error carried along.</summary>
/// <remarks>
/// A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974): the error of
/// the sum does not grow with the number of terms. The last bits still depend on the order of the terms.
/// </remarks>
internal struct CompensatedSum
{
    private double _sum;
    private double _correction;

    public long Count { get; private set; }

    public readonly double Value
    {
        get
        {
            double value = _sum + _correction;

            // An infinite term makes the correction NaN; the plain sum says what happened.
            return double.IsNaN(value) ? _sum : value;
        }
    }

    public void Add(double term)
    {
        Accumulate(term);
        Count++;
    }

    public void Merge(in CompensatedSum other)
    {
        Accumulate(other._sum);
        _correction += other._correction;
        Count += other.Count;
    }

    /// <summary>Multiplies by a power of two, which rounds nothing.</summary>
    public void ScaleB(int exponent)
    {
        _sum = Math.ScaleB(_sum, exponent);
        _correction = Math.ScaleB(_correction, exponent);
    }

    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(_sum);
        writer.Write(_correction);
        writer.Write(Count);
    }

    public static CompensatedSum Read(ref StateReader reader) => new()
    {
        _sum = reader.ReadDouble(),
        _correction = reader.ReadDouble(),
        Count = reader.ReadInt64(),
    };

    private void Accumulate(double term)
    {
        double sum = _sum + term;
        _correction += Math.Abs(_sum) >= Math.Abs(term) ? _sum - sum + term : term - sum + _sum;
        _sum = sum;
    }
}
