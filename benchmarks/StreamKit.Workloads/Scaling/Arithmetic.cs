namespace StreamKit.Workloads.Scaling;

/// <summary>Work that only the processor does: multiplications of which each needs the one before.</summary>
internal static class Arithmetic
{
    // About so many nanoseconds a round, at some 3 GHz: five or six cycles.
    public const double NanosecondsPerRound = 1.9;

    /// <summary>A number that depends on every round.</summary>
    public static ulong Digest(int value, int rounds)
    {
        ulong digest = (ulong)value;
        for (int i = 0; i < rounds; i++)
        {
            digest = (digest ^ (digest >> 29)) * 0x9E3779B97F4A7C15UL;
        }

        return digest;
    }
}
