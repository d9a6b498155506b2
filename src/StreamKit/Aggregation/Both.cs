namespace StreamKit.Aggregation;

/// <summary>Two accumulators side by side.</summary>
internal struct Both<TFirst, TSecond>
{
    public TFirst First;
    public TSecond Second;
}
