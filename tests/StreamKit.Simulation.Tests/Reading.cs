namespace StreamKit.Simulation.Tests;

/// <summary>What the simulated sources hold.</summary>
/// <param name="At">Event time, in seconds.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">A number of its own.</param>
public sealed record Reading(int At, int Key, int Value)
{
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddSeconds(At);

    /// <summary>Splits whose records are out of order by less than the bound.</summary>
    /// <param name="count">How many records there are in each.</param>
    /// <param name="bound">By how many seconds at most a record is behind an earlier one of its split.</param>
    /// <param name="splits">How many splits there are.</param>
    public static IReadOnlyList<IReadOnlyList<Reading>> Splits(int count, int bound, int splits = 3)
    {
        // The data are the same for every seed: what the seed chooses is what happens to them.
        var random = new Random(count);
        return [.. Enumerable.Range(0, splits).Select(split => (IReadOnlyList<Reading>)
            [.. Enumerable.Range(0, count).Select(i => new Reading(
                At: Math.Max(0, i - random.Next(bound + 1)), Key: random.Next(5), Value: (split * count) + i))])];
    }
}
