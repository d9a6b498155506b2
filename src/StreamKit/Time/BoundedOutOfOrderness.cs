namespace StreamKit.Time;

/// <summary>
/// The highest timestamp seen, less a bound: a record exactly the bound behind the highest is still on time.
/// </summary>
internal sealed class BoundedOutOfOrderness<T>(long boundTicks) : SplitWatermark<T>
{
    private long _highest = long.MinValue;

    public override long Advance(ReadOnlySpan<T> values, ReadOnlySpan<long> timestamps)
    {
        _highest = Math.Max(_highest, TickMath.Highest(timestamps));
        return _highest == long.MinValue ? long.MinValue : TickMath.Add(_highest, -boundTicks);
    }
}
