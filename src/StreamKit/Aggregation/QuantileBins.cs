using System.Diagnostics;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Counts by bucket index, over a bounded span of indexes that ends with the highest one seen.</summary>
/// <remarks>
/// Indexes below the span are counted in its lowest bucket. The span only moves up, and moving it again moves those
/// counts along, so what is held depends on what was counted and not on the order.
/// </remarks>
internal sealed class QuantileBins(int maxBins)
{
    // The logarithms of all doubles to the finest base, with room to spare.
    private const int MaxIndex = 1 << 23;
    public const long MaxCount = 1L << 60;
    private const int Step = 32; // Grows by this many buckets at a time.

    private long[] _counts = [];
    private int _first; // The index of the first element of the array.
    private int _lowest;
    private int _highest;

    public long Count { get; private set; }

    public int Bytes => _counts.Length * sizeof(long);

    public QuantileBins Clone() => new(maxBins)
    {
        _counts = _counts[..],
        _first = _first,
        _lowest = _lowest,
        _highest = _highest,
        Count = Count,
    };

    public void Add(int index, long count = 1)
    {
        int at = index - _first;
        if ((uint)at >= (uint)_counts.Length)
        {
            at = MakeRoom(index);
        }

        _counts[at] += count;
        index = _first + at;
        _lowest = Count == 0 ? index : Math.Min(_lowest, index);
        _highest = Count == 0 ? index : Math.Max(_highest, index);
        Count += count;
    }

    public void Merge(QuantileBins other)
    {
        if (other.Count == 0)
        {
            return;
        }

        // The highest first, so that the span is in its place and no bucket is moved twice.
        for (int index = other._highest; index >= other._lowest; index--)
        {
            long count = other._counts[index - other._first];
            if (count > 0)
            {
                Add(index, count);
            }
        }
    }

    /// <summary>The index of the bucket that holds the number of this rank, counted from zero and from below.</summary>
    public int IndexFromBelow(long rank)
    {
        Debug.Assert(rank >= 0 && rank < Count, "the rank is one of the numbers counted");
        int at = _lowest - _first;
        for (long seen = _counts[at]; seen <= rank; seen += _counts[at])
        {
            at++;
        }

        return _first + at;
    }

    /// <summary>The same, counted from above.</summary>
    public int IndexFromAbove(long rank) => IndexFromBelow(Count - 1 - rank);

    /// <summary>Writes the buckets that hold something, or that there are none.</summary>
    public static void Write(ref StateWriter writer, QuantileBins? bins)
    {
        if (bins is null || bins.Count == 0)
        {
            writer.Write(0);
            return;
        }

        ReadOnlySpan<long> counts = bins._counts.AsSpan(bins._lowest - bins._first, bins._highest - bins._lowest + 1);
        writer.Write(counts.Length - counts.Count(0L));
        for (int i = counts.Length - 1; i >= 0; i--)
        {
            if (counts[i] > 0)
            {
                writer.Write(bins._lowest + i);
                writer.Write(counts[i]);
            }
        }
    }

    public static QuantileBins? Read(ref StateReader reader, int maxBins)
    {
        int count = reader.ReadCount();
        var read = new QuantileBins(maxBins);
        for (int i = 0; i < count; i++)
        {
            int index = reader.ReadInt32();
            long number = reader.ReadInt64();
            if (index is < -MaxIndex or > MaxIndex || number is <= 0 or > MaxCount || read.Count > MaxCount)
            {
                throw StateException.Damaged("a bucket of Quantile is out of range");
            }

            read.Add(index, number);
        }

        return count == 0 ? null : read;
    }

    // Gives an index outside the array a place in it, and says which; below the span that is the lowest one.
    private int MakeRoom(int index)
    {
        int highest = Count == 0 ? index : Math.Max(index, _highest);
        int lowest = Count == 0 ? index : Math.Min(index, _lowest);
        lowest = Math.Max(lowest, highest - maxBins + 1);
        index = Math.Max(index, lowest);
        if (index >= _first && index - _first < _counts.Length)
        {
            return index - _first;
        }

        int length = Math.Min(maxBins, (highest - lowest + Step) / Step * Step);
        int first = index == lowest ? highest - length + 1 : lowest;
        long[] counts = new long[length];
        for (int at = 0; at < _counts.Length; at++)
        {
            if (_counts[at] > 0)
            {
                counts[Math.Max(_first + at, lowest) - first] += _counts[at];
            }
        }

        (_counts, _first, _lowest) = (counts, first, Math.Max(_lowest, lowest));
        return index - first;
    }
}
