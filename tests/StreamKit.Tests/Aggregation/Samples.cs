using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>Streams of numbers and values, the same for the same seed, on which sketches are measured.</summary>
internal static class Samples
{
    /// <summary>Numbers of a distribution.</summary>
    public static double[] Numbers(string distribution, int count, int seed)
    {
        var random = new Random(seed);
        Func<double> next = distribution switch
        {
            "uniform" => random.NextDouble,
            "normal" => () => 100 + (15 * Normal(random)),
            "lognormal" => () => Math.Exp(2 * Normal(random)),
            "pareto" => () => Math.Pow(1 - random.NextDouble(), -1 / 1.1),
            "exponential" => () => -Math.Log(1 - random.NextDouble()),
            "constant" => () => 42.42,
            "negative" => () => -Math.Exp(Normal(random)),
            "mixed" => () => 10 * Normal(random),
            "integers" => () => random.Next(0, 50),
            "zeros" => () => random.Next(4) == 0 ? Normal(random) : 0,
            "tiny" => () => 1e-300 * (1 + random.NextDouble()),
            "huge" => () => double.MaxValue * (1 - (.9 * random.NextDouble())),
            _ => throw new ArgumentException(distribution),
        };
        return [.. Enumerable.Range(0, count).Select(_ => next())];
    }

    /// <summary>Values of a stream in which some are frequent, or none.</summary>
    public static int[] Values(string stream, int count)
    {
        var random = new Random(77);
        double[] weights = [.. Enumerable.Range(1, 5_000).Select(rank => 1.0 / rank)];
        double[] running = [.. weights.Select((_, i) => i).Aggregate(new List<double>(), (sums, i) =>
        {
            sums.Add((i == 0 ? 0 : sums[^1]) + weights[i]);
            return sums;
        })];
        Func<int, int> at = stream switch
        {
            "zipf" => _ => Rank(running, random.NextDouble() * running[^1]),
            "uniform" => _ => random.Next(1_000),
            "distinct" => i => i,
            "frequent last" => i => i < count * .8 ? i : -1,
            "sawtooth" => i => i % 101,
            "blocks" => i => i / 600,
            "one value" => _ => 5,
            _ => throw new ArgumentException(stream),
        };
        return [.. Enumerable.Range(0, count).Select(at)];
    }

    /// <summary>
    /// Hashes of as many values that are distinct by construction, by the hash that the aggregate uses.
    /// </summary>
    public static IEnumerable<ulong> Hashes(int seed, long distinct)
    {
        Func<long, ulong> hash = ValueHashes.For<long>();
        for (long i = 0; i < distinct; i++)
        {
            yield return hash(unchecked((seed * 0x1E3779B97F4A7C15L) + (i * 0x2545F4914F6CDD1DL)));
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Rank(double[] running, double at)
    {
        int index = Array.BinarySearch(running, at);
        return index < 0 ? ~index : index;
    }
}
