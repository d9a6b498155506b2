namespace StreamKit.Tests.Oracle;

/// <summary>Event time of the oracle: ticks, two reserved ends, and arithmetic that stops at them.</summary>
internal static class OracleTime
{
    /// <summary>Nothing is known yet; no element may carry it.</summary>
    public const long Min = long.MinValue;

    /// <summary>The end of event time; no element may carry it.</summary>
    public const long Max = long.MaxValue;

    public static long Add(long ticks, long distance) => Saturate((Int128)ticks + distance);

    public static long Subtract(long ticks, long distance) => Saturate((Int128)ticks - distance);

    public static long Saturate(Int128 ticks) => (long)Int128.Clamp(ticks, Min, Max);
}
