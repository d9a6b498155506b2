using StreamKit.Records;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>
/// How many numbers lie between each two neighbouring boundaries, and before the first and from the last on.
/// </summary>
internal readonly struct HistogramAggregator<TIn>(Func<TIn, double> selector, double[] boundaries)
    : IInvertibleAggregator<TIn, long[]?, IReadOnlyList<long>>
{
    private const int Form = 1;

    private readonly Func<TIn, double> _selector = selector;
    private readonly double[] _boundaries = boundaries;

    /// <summary>A copy of boundaries that can be used.</summary>
    /// <exception cref="ArgumentException">There are none, or they do not rise.</exception>
    public static double[] Checked(double[] boundaries)
    {
        if (boundaries.Length == 0)
        {
            throw new ArgumentException("Name at least one boundary.", nameof(boundaries));
        }

        for (int i = 0; i < boundaries.Length; i++)
        {
            if (double.IsNaN(boundaries[i]) || (i > 0 && boundaries[i] <= boundaries[i - 1]))
            {
                throw new ArgumentException(
                    "Each boundary is a number greater than the one before.", nameof(boundaries));
            }
        }

        return boundaries[..];
    }

    // Made with the first record, so that an accumulator in a table that is never used costs nothing.
    public long[]? Create() => null;

    public void Add(ref long[]? accumulator, in TIn record)
    {
        double number = _selector(record);
        if (double.IsNaN(number))
        {
            throw new ArgumentException("A histogram has no bucket for what is not a number (NaN).");
        }

        (accumulator ??= new long[_boundaries.Length + 1])[BucketOf(number)]++;
    }

    public void Merge(ref long[]? into, in long[]? from)
    {
        if (from is null)
        {
            return;
        }

        into ??= new long[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            into[i] += from[i];
        }
    }

    public void Remove(ref long[]? from, in long[]? other)
    {
        for (int i = 0; other is not null && i < other.Length; i++)
        {
            from![i] -= other[i]; // It was merged before, so there is something to take it from.
        }
    }

    public IReadOnlyList<long> Result(in long[]? accumulator) =>
        accumulator is null ? new long[_boundaries.Length + 1] : [.. accumulator];

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in long[]? accumulator)
    {
        if (accumulator is null)
        {
            writer.WriteNull();
            return;
        }

        writer.Write(Form);
        writer.Write(BoundariesHash());
        foreach (long count in accumulator)
        {
            writer.Write(count);
        }
    }

    public long[]? Read(ref StateReader reader)
    {
        if (reader.TryReadNull())
        {
            return null;
        }

        reader.ReadForm(Form, "Histogram");
        if (reader.ReadUInt64() != BoundariesHash())
        {
            throw new StateException(
                "The state of a histogram was counted between other boundaries than the program has. Set them back, or "
                + "begin with new state.");
        }

        long[] counts = new long[_boundaries.Length + 1];
        foreach (ref long count in counts.AsSpan())
        {
            count = reader.ReadInt64();
        }

        return counts;
    }

    private ulong BoundariesHash()
    {
        ulong hash = (ulong)_boundaries.Length;
        foreach (double boundary in _boundaries)
        {
            hash = Mixing.Mix(BitConverter.DoubleToUInt64Bits(boundary), hash);
        }

        return hash;
    }

    // A number on a boundary belongs to the bucket that the boundary starts.
    private int BucketOf(double number)
    {
        int at = Array.BinarySearch(_boundaries, number);
        return at < 0 ? ~at : at + 1;
    }
}
