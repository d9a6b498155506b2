using System.Diagnostics;

namespace StreamKit.Aggregation;

/// <summary>Counts by bucket index, over a bounded span of indexes that ends with the highest one seen.</summary>
/// <remarks>
/// Indexes below the span are counted in its lowest bucket. The span only moves up, and moving it again moves those
/// counts along, so what is held depends on what was counted and not on the order.
/// </remarks>
internal sealed class QuantileBins(int maxBins)
{
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
