namespace StreamKit.Operators;

/// <summary>The smallest and the largest event time of some records.</summary>
internal readonly record struct Extent(long First, long Last)
{
    /// <summary>The extent of no record.</summary>
    public static Extent None => new(long.MaxValue, long.MinValue);

    public Extent With(Extent other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last));

    public Extent With(long timestamp) => With(new Extent(timestamp, timestamp));
}
