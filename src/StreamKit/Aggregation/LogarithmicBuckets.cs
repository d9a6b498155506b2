namespace StreamKit.Aggregation;

/// <summary>
/// Divides the positive numbers into buckets whose ends are close to each other relative to their size.
/// </summary>
/// <remarks>
/// Bucket <c>i</c> holds <c>(g^(i-1), g^i]</c> with <c>g = (1 + a) / (1 - a)</c>, and the number that stands for it is
/// no more than the relative error <c>a</c> away from any in it.
/// </remarks>
internal readonly struct LogarithmicBuckets
{
    /// <summary>The smallest positive number with full precision; what lies nearer to zero counts as zero.</summary>
    public const double Smallest = 2.2250738585072014E-308;

    private readonly double _logBase;
    private readonly double _logMidpoint;

    public LogarithmicBuckets(double relativeError)
    {
        double @base = (1 + relativeError) / (1 - relativeError);
        _logBase = Math.Log(@base);
        _logMidpoint = Math.Log(2 / (1 + @base));
    }

    public int IndexOf(double positive) => (int)Math.Ceiling(Math.Log(positive) / _logBase);

    // One exponential, because the end of the last bucket is beyond what a double can hold while its middle is not.
    public double ValueOf(int index) => Math.Exp((index * _logBase) + _logMidpoint);
}
