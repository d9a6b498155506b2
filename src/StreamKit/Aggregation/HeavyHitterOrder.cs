namespace StreamKit.Aggregation;

/// <summary>
/// The most frequent first; among equals the more certain, then by the order of the values, if they have one.
/// </summary>
internal sealed class HeavyHitterOrder<TValue> : IComparer<HeavyHitter<TValue>>
{
    // Not the default comparer of strings, whose order depends on the culture of the process.
    private static readonly IComparer<TValue>? Values =
        typeof(TValue) == typeof(string) ? (IComparer<TValue>)(object)StringComparer.Ordinal
        : typeof(IComparable<TValue>).IsAssignableFrom(typeof(TValue)) ? Comparer<TValue>.Default
        : null;

    private HeavyHitterOrder()
    {
    }

    public static HeavyHitterOrder<TValue> Instance { get; } = new();

    public int Compare(HeavyHitter<TValue> one, HeavyHitter<TValue> other)
    {
        int order = other.Count.CompareTo(one.Count);
        order = order != 0 ? order : one.Error.CompareTo(other.Error);
        return order != 0 ? order : Values?.Compare(one.Value, other.Value) ?? 0;
    }
}
