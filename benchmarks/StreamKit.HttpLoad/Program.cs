using System.Globalization;
using System.Text.Json;

namespace StreamKit.HttpLoad;

/// <summary>Measures an ingest against a bare endpoint that puts the same JSON into a channel.</summary>
internal static class Program
{
    private const int Connections = 8;
    private const int Many = 100;
    private const string Json = "application/json";

    private static async Task<int> Main(string[] words)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        int rounds = words is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 5;
        TimeSpan time = words is [_, var seconds, ..]
            ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))
            : TimeSpan.FromSeconds(2);
        string[] hits = [.. Enumerable.Range(0, Many).Select(i => JsonSerializer.Serialize(
            new Hit($"/shop/article-{i}", $"visitor-{i * 7919}", i), HitJson.Default.Hit))];
        string array = $"[{string.Join(',', hits)}]";
        Contest[] contests =
        [
            new("one record", 1, LoadServer.BareOne, hits[0], Json, hits[0]),
            new("an array of 100", Many, LoadServer.BareMany, array, Json, array),
            new("100 lines, against the array", Many, LoadServer.BareMany, array, "application/x-ndjson",
                string.Join('\n', hits)),
        ];
        await using LoadServer server = await LoadServer.StartAsync();
        long accepted = 0;
        Console.WriteLine(
            "| a request brings | bare, requests/s | ingest, requests/s | ingest, records/s | ratio | refused |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (Contest contest in contests)
        {
            var bare = new List<double>();
            var ingest = new List<double>();
            long refused = 0;
            for (int round = -1; round < rounds; round++)
            {
                // The round before the first warms up.
                (double rate, long good, long bad) =
                    await MeasureAsync(server.Port, contest.BarePath, Json, contest.BareBody, time);
                (double other, long otherGood, long otherBad) =
                    await MeasureAsync(server.Port, LoadServer.Ingest, contest.Type, contest.Body, time);
                accepted += (good + otherGood) * contest.Records;
                refused += bad + otherBad;
                if (round >= 0)
                {
                    bare.Add(rate);
                    ingest.Add(other);
                }
            }

            Console.WriteLine($"| {contest.Name} | {Median(bare):N0} | {Median(ingest):N0} | "
                + $"{Median(ingest) * contest.Records:N0} | {Median([.. ingest.Zip(bare, (i, b) => i / b)]):0.00} | "
                + $"{refused} |");
        }

        long taken = await server.StopAsync();
        Console.WriteLine($"{accepted:N0} records accepted, {taken:N0} taken");
        return taken == accepted ? 0 : 1;
    }

    private static async Task<(double PerSecond, long Accepted, long Refused)> MeasureAsync(
        int port, string path, string type, string body, TimeSpan time)
    {
        LoadClient[] clients = [.. Enumerable.Range(0, Connections).Select(_ => new LoadClient())];
        await Task.WhenAll(clients.Select(client => client.ConnectAsync(port)));
        long start = TimeProvider.System.GetTimestamp();
        (long Accepted, long Refused)[] runs =
            await Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(path, type, body, time))));
        double took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        foreach (LoadClient client in clients)
        {
            client.Dispose();
        }

        long accepted = runs.Sum(run => run.Accepted);
        return (accepted / took, accepted, runs.Sum(run => run.Refused));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
