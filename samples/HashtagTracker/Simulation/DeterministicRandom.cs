namespace HashtagTracker.Simulation;

/// <summary>SplitMix64: the same numbers for the same seed on every machine and every version of .NET.</summary>
/// <remarks>Cheap to start, so a schedule can start one for each stretch of time instead of
/// remembering its past.</remarks>
internal struct DeterministicRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    public DeterministicRandom(long seed, string purpose, long index = 0)
    {
        ulong state = Mix(unchecked((ulong)seed) + Golden);
        foreach (char letter in purpose)
        {
            state = Mix(state ^ letter);
        }

        _state = Mix(state ^ unchecked((ulong)index * Golden));
    }

    /// <summary>The next number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next number in [least, most).</summary>
    public double NextBetween(double least, double most) => least + ((most - least) * NextDouble());

    /// <summary>The next index below <paramref name="count"/>.</summary>
    public int NextIndex(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>An exponentially distributed number with the mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <summary>An exponentially distributed number with about that mean,
    /// cut off (not heaped up) at the limit.</summary>
    public double NextExponentialBelow(double mean, double limit) =>
        -mean * Math.Log(1 - (NextDouble() * (1 - Math.Exp(-limit / mean))));

    private ulong Next() => Mix(_state += Golden);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
