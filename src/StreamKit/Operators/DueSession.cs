namespace StreamKit.Operators;

/// <summary>A session that has something to do in this round, by what decides the order.</summary>
internal readonly record struct DueSession(long Time, long Start, long Order, int Id) : IComparable<DueSession>
{
    public int CompareTo(DueSession other) =>
        Time != other.Time ? Time.CompareTo(other.Time)
        : Start != other.Start ? Start.CompareTo(other.Start)
        : Order.CompareTo(other.Order);
}
