using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;
using StreamKit.Redis;

namespace StreamKit.RedisLoad;

/// <summary>
/// Measures jobs that write to Redis beside a program that writes the same by itself, in one process.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] words)
    {
        if (words is not [var address, var results, var repetitions])
        {
            await Console.Error.WriteLineAsync("ADDRESS RESULTS REPETITIONS; the server's keys are deleted");
            return 2;
        }

        int count = int.Parse(results, CultureInfo.InvariantCulture);
        int rounds = int.Parse(repetitions, CultureInfo.InvariantCulture);
        await using ConnectionMultiplexer client =
            await ConnectionMultiplexer.ConnectAsync($"{address},allowAdmin=true");
        var jobs = new Jobs(RedisConnection.To(address), count);
        var bare = new Bare(client.GetDatabase(), count);
        await CompareAsync("window results to hashes", bare.HashesByKeyAsync, jobs.HashesAsync);
        await CompareAsync("the same, a command for each", bare.HashesByCommandAsync, jobs.HashesAsync);
        await CompareAsync("entries to a stream", bare.StreamAsync, () => jobs.StreamAsync(exactlyOnce: false));
        await CompareAsync("the same, exactly once", bare.StreamAsync, () => jobs.StreamAsync(exactlyOnce: true));
        await CompareAsync("totals, exactly once", bare.TotalsAsync, jobs.TotalsAsync);
        return 0;

        async Task CompareAsync(string what, Func<Task> alone, Func<Task> job)
        {
            var times = new List<(TimeSpan Bare, TimeSpan Job)>();
            for (int round = 0; round <= rounds; round++)
            {
                TimeSpan ofBare = await TimeAsync(alone);
                TimeSpan ofJob = await TimeAsync(job);
                if (round > 0)
                {
                    times.Add((ofBare, ofJob));
                }
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: alone {Speed(times.Select(t => t.Bare)):0.000} M/s, "
                    + $"job {Speed(times.Select(t => t.Job)):0.000} M/s, "
                    + $"ratio {Median(times.Select(t => t.Bare / t.Job)):0.00}"));
        }

        double Speed(IEnumerable<TimeSpan> times) =>
            count / Median(times.Select(time => time.TotalMicroseconds));

        async Task<TimeSpan> TimeAsync(Func<Task> action)
        {
            await client.GetServer(address).FlushAllDatabasesAsync();
            GC.Collect();
            long start = Stopwatch.GetTimestamp();
            await action();
            return Stopwatch.GetElapsedTime(start);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
