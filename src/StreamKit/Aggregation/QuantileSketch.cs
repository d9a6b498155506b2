using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Quantiles of any numbers with a bounded relative error, in bounded memory.</summary>
/// <remarks>
/// C. Masson, J. E. Rim, H. K. Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error
/// Guarantees", PVLDB 12 (2019): counts of logarithmic buckets, of which the ones nearest to zero are put together when
/// there are too many. Two things are added: the first few numbers are kept as they are, so that small windows are
/// exact and small, and the least and the greatest number are known. What is held depends on the numbers only, not on
/// their order, nor on how parts were merged.
/// </remarks>
internal sealed class QuantileSketch
{
    private const int Form = 1;
    private const int FewNumbers = 32;
    private const int FirstNumbers = 4;

    private readonly QuantileOptions _options;
    private double[]? _few = [];
    private QuantileBins? _positive;
    private QuantileBins? _negative; // By the index of the absolute value.
    private long _zeros;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;

    public QuantileSketch(QuantileOptions options) => _options = options;

    private QuantileSketch(QuantileSketch other)
    {
        _options = other._options;
        _few = other._few?[..];
        _positive = other._positive?.Clone();
        _negative = other._negative?.Clone();
        _zeros = other._zeros;
        _least = other._least;
        _greatest = other._greatest;
        Count = other.Count;
    }

    public long Count { get; private set; }

    /// <summary>How many bytes the numbers take; at most 16 per allowed bin.</summary>
    public int Bytes => ((_few?.Length ?? 0) * sizeof(double)) + (_positive?.Bytes ?? 0) + (_negative?.Bytes ?? 0);

    public QuantileSketch Clone() => new(this);

    /// <exception cref="ArgumentException">The number is not finite.</exception>
    public void Add(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentException("Quantiles are of finite numbers; this one is infinite or not a number (NaN).");
        }

        if (_few is not null && Count < FewNumbers)
        {
            Keep(number);
        }
        else
        {
            ToBins();
            Classify(number);
        }

        Count++;
    }

    public void Merge(QuantileSketch other)
    {
        if (other._few is { } few)
        {
            foreach (double number in few.AsSpan(0, (int)other.Count))
            {
                Add(number);
            }

            return;
        }

        ToBins();
        Merge(ref _positive, other._positive);
        Merge(ref _negative, other._negative);
        _zeros += other._zeros;
        _least = Math.Min(_least, other._least);
        _greatest = Math.Max(_greatest, other._greatest);
        Count += other.Count;
    }

    /// <summary>
    /// The number of rank <c>floor(quantile * (count - 1))</c>, counted from zero; not a number where there is none.
    /// </summary>
    public double Quantile(double quantile)
    {
        Span<double> result = stackalloc double[1];
        Quantiles([quantile], result);
        return result[0];
    }

    /// <summary>The same for several at once.</summary>
    public void Quantiles(ReadOnlySpan<double> quantiles, Span<double> results)
    {
        Span<double> sorted = stackalloc double[FewNumbers];
        sorted = sorted[..(_few is null ? 0 : (int)Count)];
        _few.AsSpan(0, sorted.Length).CopyTo(sorted);
        sorted.Sort();
        for (int i = 0; i < quantiles.Length; i++)
        {
            long rank = (long)(quantiles[i] * (Count - 1));
            results[i] = Count == 0 ? double.NaN
                : _few is not null ? sorted[(int)rank]
                : rank == 0 ? _least
                : rank == Count - 1 ? _greatest
                : Math.Clamp(OfRank(rank), _least, _greatest);
        }
    }

    public void Write(ref StateWriter writer)
    {
        writer.Write(Form);
        writer.Write(_options.RelativeError);
        writer.Write(_few is not null);
        if (_few is not null)
        {
            WriteFew(ref writer);
            return;
        }

        writer.Write(_least);
        writer.Write(_greatest);
        writer.Write(_zeros);
        QuantileBins.Write(ref writer, _positive);
        QuantileBins.Write(ref writer, _negative);
    }

    public static QuantileSketch Read(ref StateReader reader, QuantileOptions options)
    {
        reader.ReadForm(Form, "Quantile");
        double relativeError = reader.ReadDouble();
        var read = new QuantileSketch(options);
        if (reader.ReadBoolean())
        {
            read.ReadFew(ref reader);
            return read;
        }

        if (relativeError != options.RelativeError)
        {
            throw new StateException(
                $"The state of Quantile has a relative error of {relativeError:R} and the program one of "
                + $"{options.RelativeError:R}. Set it back, or begin with new state.");
        }

        read.ReadBins(ref reader);
        return read;
    }

    private void Keep(double number)
    {
        double[] few = _few!; // Asked for by the caller.
        int at = (int)Count;
        if (at == few.Length)
        {
            Array.Resize(ref few, Math.Max(FirstNumbers, at * 2));
            _few = few;
        }

        few[at] = number;
    }

    private void ToBins()
    {
        if (_few is { } few)
        {
            _few = null;
            foreach (double number in few.AsSpan(0, (int)Count))
            {
                Classify(number);
            }
        }
    }

    private void Classify(double number)
    {
        _least = Math.Min(_least, number);
        _greatest = Math.Max(_greatest, number);
        if (number >= LogarithmicBuckets.Smallest)
        {
            (_positive ??= new(_options.MaxBins)).Add(_options.Buckets.IndexOf(number));
        }
        else if (number <= -LogarithmicBuckets.Smallest)
        {
            (_negative ??= new(_options.MaxBins)).Add(_options.Buckets.IndexOf(-number));
        }
        else
        {
            _zeros++;
        }
    }

    private double OfRank(long rank)
    {
        long negatives = _negative?.Count ?? 0;
        if (rank < negatives)
        {
            return -_options.Buckets.ValueOf(_negative!.IndexFromAbove(rank)); // There are some.
        }

        rank -= negatives + _zeros;
        return rank < 0
            ? 0
            : _options.Buckets.ValueOf(_positive!.IndexFromBelow(rank)); // The rest is positive.
    }

    private static void Merge(ref QuantileBins? into, QuantileBins? from)
    {
        if (into is null)
        {
            into = from?.Clone();
        }
        else if (from is not null)
        {
            into.Merge(from);
        }
    }

    // Sorted, so that the same numbers are the same bytes in whatever order they came.
    private void WriteFew(ref StateWriter writer)
    {
        Span<double> sorted = stackalloc double[FewNumbers];
        sorted = sorted[..(int)Count];
        _few.AsSpan(0, sorted.Length).CopyTo(sorted);
        sorted.Sort();
        writer.Write(sorted.Length);
        foreach (double number in sorted)
        {
            writer.Write(number);
        }
    }

    private void ReadFew(ref StateReader reader)
    {
        int count = reader.ReadCount();
        if (count > FewNumbers)
        {
            throw StateException.Damaged("Quantile keeps more single numbers than it can");
        }

        for (int i = 0; i < count; i++)
        {
            double number = reader.ReadDouble();
            if (!double.IsFinite(number))
            {
                throw StateException.Damaged("a number of Quantile is not finite");
            }

            Add(number);
        }
    }

    private void ReadBins(ref StateReader reader)
    {
        _few = null;
        _least = reader.ReadDouble();
        _greatest = reader.ReadDouble();
        _zeros = reader.ReadInt64();
        _positive = QuantileBins.Read(ref reader, _options.MaxBins);
        _negative = QuantileBins.Read(ref reader, _options.MaxBins);
        if (!(_least <= _greatest) || _zeros is < 0 or > QuantileBins.MaxCount)
        {
            throw StateException.Damaged("a sketch of Quantile is not what it can be");
        }

        Count = checked(_zeros + (_positive?.Count ?? 0) + (_negative?.Count ?? 0));
    }
}
