namespace WebAnalytics.Simulation;

/// <summary>SplitMix64: the same numbers for the same seed on every machine and every version of .NET.</summary>
internal sealed class DeterministicRandom(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>The next number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next index below <paramref name="count"/>.</summary>
    public int NextIndex(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>An exponentially distributed number, cut off (not heaped up) at the limit.</summary>
    public double NextExponential(double mean, double limit) =>
        -mean * Math.Log(1 - (NextDouble() * (1 - Math.Exp(-limit / mean))));

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong value = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
