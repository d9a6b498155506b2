namespace StreamKit.Operators;

/// <summary>When something is due, and what comes first among what is due together.</summary>
internal readonly record struct DueKey(long Time, long Start, long Order) : IComparable<DueKey>
{
    public int CompareTo(DueKey other) =>
        Time != other.Time ? Time.CompareTo(other.Time)
        : Start != other.Start ? Start.CompareTo(other.Start)
        : Order.CompareTo(other.Order);
}
