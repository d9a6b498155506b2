using System.Diagnostics;
using System.Globalization;

namespace StreamKit.KafkaBench;

/// <summary>Runs the ways of doing something in turn, and prints the medians.</summary>
/// <param name="records">How many records each run takes in.</param>
/// <param name="rounds">How many times each way is measured.</param>
/// <param name="prepare">Makes the topic of a run, given its number.</param>
/// <param name="check">Fails if a run has not written what it should have.</param>
internal sealed class Figures(int records, int rounds, Action<string> prepare, Action<string> check)
{
    /// <summary>Runs each way once to warm up, and then as often as was asked for.</summary>
    /// <param name="ways">Each returns when its first record came, by the stopwatch.</param>
    public async Task CompareAsync(params (string Name, Func<string, Task<long>> Run)[] ways)
    {
        var times = new double[ways.Length, rounds];
        var bytes = new double[ways.Length, rounds];
        for (int round = -1; round < rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                string topic = $"out-{round + 1}-{way}";
                prepare(topic);
                GC.Collect();
                long allocated = GC.GetTotalAllocatedBytes(precise: true);
                long start = await ways[way].Run(topic).ConfigureAwait(false);
                TimeSpan took = Stopwatch.GetElapsedTime(start);
                long after = GC.GetTotalAllocatedBytes(precise: true);
                check(topic);
                if (round >= 0)
                {
                    // The round before the first warms up.
                    times[way, round] = took.TotalSeconds;
                    bytes[way, round] = (after - allocated) / (double)records;
                }
            }
        }

        for (int way = 0; way < ways.Length; way++)
        {
            Print(ways[way].Name, times, bytes, way);
        }
    }

    // Ratios are taken within a round, whose ways ran one after the other, and against its first.
    private void Print(string name, double[,] times, double[,] bytes, int way)
    {
        double[] ratios = [.. Enumerable.Range(0, rounds).Select(round => times[0, round] / times[way, round])];
        double rate = records / Median([.. Enumerable.Range(0, rounds).Select(round => times[way, round])]);
        double each = Median([.. Enumerable.Range(0, rounds).Select(round => bytes[way, round])]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {rate / 1000:0} | {Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}) "
            + $"| {each:0} |"));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
