using StreamKit.Workloads.Data;

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

    /// <summary>The sum of the digests of all events.</summary>
    public static ulong Sum(ReadOnlySpan<Event> input, int rounds)
    {
        ulong sum = 0;
        foreach (ref readonly Event one in input)
        {
            sum += Digest(one.Value, rounds);
        }

        return sum;
    }

    /// <exception cref="InvalidOperationException">A job lost an event or counted one twice.</exception>
    public static void Check(ulong sum, ulong expected)
    {
        if (sum != expected)
        {
            throw new InvalidOperationException($"the digests add up to {sum:x16}, not to {expected:x16}");
        }
    }
}
