using StreamKit.Aggregation;

namespace StreamKit.Operators;

/// <summary>
/// What each of several windows holds for one key, where all of them share the slice that a late record is in.
/// </summary>
/// <remarks>
/// Each window reaches some way to the left of that slice and some way to the right. Both ways are walked once, from
/// the window that reaches least to the one that reaches most, so a record that is late for many windows costs as much
/// as there are windows and slices, and not one times the other.
/// </remarks>
internal sealed class LateTotals<TKey, TIn, TAcc, TOut, TAggregator>(TAggregator aggregator)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly List<TAcc> _lefts = [];
    private readonly List<TAcc> _totals = [];

    /// <summary>The total of a window, by its place among those that were combined.</summary>
    public TAcc this[int index] => _totals[index];

    /// <summary>
    /// Combines windows, in order of start, that share a slice; false where a merge fails, and then each window may try
    /// for itself and say so.
    /// </summary>
    public bool TryCombine(
        List<OpenWindow<TKey, TAcc, TOut>> windows, Slice<TKey, TAcc> middle, TKey key, uint hash)
    {
        try
        {
            Combine(windows, middle, key, hash);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Clear() => _totals.Clear();

    private void Combine(List<OpenWindow<TKey, TAcc, TOut>> windows, Slice<TKey, TAcc> middle, TKey key, uint hash)
    {
        _lefts.Clear();
        TAcc left = aggregator.Create();
        long before = middle.Bounds.StartTime.Ticks;
        for (int i = windows.Count - 1; i >= 0; i--)
        {
            left = Joined(in left, windows[i].Slices, long.MinValue, before, key, hash);
            _lefts.Add(left);
            before = windows[i].Bounds.StartTime.Ticks;
        }

        _totals.Clear();
        TAcc right = aggregator.Create();
        long from = middle.Bounds.StartTime.Ticks;
        for (int i = 0; i < windows.Count; i++)
        {
            right = Joined(in right, windows[i].Slices, from, long.MaxValue, key, hash);
            from = windows[i].Bounds.EndTime.Ticks;
            TAcc total = aggregator.Create();
            aggregator.Merge(ref total, _lefts[windows.Count - 1 - i]);
            aggregator.Merge(ref total, in right);
            _totals.Add(total);
        }

        _lefts.Clear();
    }

    // A new accumulator, because those before stand for other windows. Slices are in order of start, so those that are
    // new to a window lie at one end of it.
    private TAcc Joined(
        in TAcc known, List<Slice<TKey, TAcc>> slices, long from, long before, TKey key, uint hash)
    {
        TAcc joined = aggregator.Create();
        aggregator.Merge(ref joined, in known);
        int first = from == long.MinValue ? 0 : slices.Count;
        while (first > 0 && slices[first - 1].Bounds.StartTime.Ticks >= from)
        {
            first--;
        }

        for (int i = first; i < slices.Count && slices[i].Bounds.StartTime.Ticks < before; i++)
        {
            int index = slices[i].Table.Find(key, hash);
            if (index >= 0)
            {
                aggregator.Merge(ref joined, in slices[i].Table.At(index).Value);
            }
        }

        return joined;
    }
}
