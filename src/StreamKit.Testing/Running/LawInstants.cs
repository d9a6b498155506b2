using StreamKit.Time;

namespace StreamKit.Testing.Running;

/// <summary>Event times at which assigners of windows go wrong.</summary>
internal static class LawInstants
{
    private const int OfEachKind = 15;

    /// <summary>Around 1970, within some centuries of it, anywhere, and both ends of event time.</summary>
    public static IEnumerable<long> Any(Random random)
    {
        long[] fixedOnes =
        [
            0, 1, -1, 9, -9, 10, -10, 11, -11,
            TimeSpan.TicksPerSecond, -TimeSpan.TicksPerSecond, TimeSpan.TicksPerDay - 1, -TimeSpan.TicksPerDay,
            -TimeSpan.TicksPerDay - 1, long.MaxValue - 1, long.MaxValue - 2, long.MinValue + 1, long.MinValue + 2,
            long.MaxValue / 2, long.MinValue / 2,
        ];
        return
        [
            .. fixedOnes,
            .. Between(random, -1_000, 1_000),
            .. Between(random, -100_000 * TimeSpan.TicksPerDay, 100_000 * TimeSpan.TicksPerDay),
            .. Between(random, long.MinValue + 1, long.MaxValue),
        ];
    }

    /// <summary>Instants that lie around one, as far apart as some windows are long.</summary>
    public static IEnumerable<long> Around(Random random, long center, long length, int count)
    {
        long reach = Math.Min(length, long.MaxValue / 8);
        for (int i = 0; i < count; i++)
        {
            long distance = random.NextInt64(-2 * reach, (2 * reach) + 1);
            yield return Math.Clamp(TickMath.Add(center, distance), long.MinValue + 1, long.MaxValue - 1);
        }
    }

    private static IEnumerable<long> Between(Random random, long least, long most)
    {
        for (int i = 0; i < OfEachKind; i++)
        {
            yield return random.NextInt64(least, most);
        }
    }
}
