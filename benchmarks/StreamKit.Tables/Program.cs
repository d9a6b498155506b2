using System.Diagnostics;
using System.Globalization;
using Npgsql;
using StreamKit.Servers;

namespace StreamKit.Tables;

/// <summary>Measures the sinks of PostgreSQL beside bare Npgsql that does the same, on a server of its own.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] words)
    {
        if (words is not [("append" or "upsert") and var what, var rows, var rounds, var batch])
        {
            await Console.Error.WriteLineAsync("append|upsert ROWS ROUNDS BATCH");
            return 2;
        }

        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync(CancellationToken.None);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        PageCount[] counts = PageCount.Make(int.Parse(rows, CultureInfo.InvariantCulture));
        int times = int.Parse(rounds, CultureInfo.InvariantCulture);
        Bare.BatchRows = int.Parse(batch, CultureInfo.InvariantCulture);
        return what == "append"
            ? await AppendAsync(server, connection, counts, times)
            : await UpsertAsync(server, connection, counts, times);
    }

    private static Task<int> AppendAsync(
        PostgreSqlServer server, NpgsqlConnection connection, PageCount[] counts, int rounds) => CompareAsync(
        "rows appended",
        [
            new Contender("Npgsql, COPY", rows => Bare.CopyAsync(connection, rows, waits: false)),
            new Contender("Npgsql, COPY, awaiting each value", rows => Bare.CopyAsync(connection, rows, waits: true)),
            new Contender("PostgreSqlSink.Append", rows => Sinks.AppendAsync(server.ConnectionString, rows)),
        ],
        connection,
        "CREATE TABLE counts (page text, minute timestamptz, visits bigint, mean double precision)",
        counts,
        rounds);

    private static async Task<int> UpsertAsync(
        PostgreSqlServer server, NpgsqlConnection connection, PageCount[] counts, int rounds)
    {
        Contender[] contenders =
        [
            new("Npgsql, arrays", rows => Bare.ArraysAsync(connection, rows)),
            new("Npgsql, temporary table", rows => Bare.StageAsync(connection, rows)),
            new("PostgreSqlSink.Upsert", rows => Sinks.UpsertAsync(server.ConnectionString, rows)),
        ];
        const string Table =
            "CREATE TABLE counts (page text, minute timestamptz, visits bigint, mean double precision, "
            + "PRIMARY KEY (minute, page))";
        int fresh = await CompareAsync("new keys", contenders, connection, Table, counts, rounds);

        // The same rows once more: every row replaces another.
        Contender[] again =
        [
            .. contenders.Select(static one => one with
            {
                WriteAsync = async rows =>
                {
                    await one.WriteAsync(rows);
                    await one.WriteAsync(rows);
                },
            }),
        ];
        return fresh + await CompareAsync("new keys, then the same", again, connection, Table, counts, rounds);
    }

    private static async Task<int> CompareAsync(
        string title,
        Contender[] contenders,
        NpgsqlConnection connection,
        string table,
        PageCount[] counts,
        int rounds)
    {
        var times = contenders.ToDictionary(static one => one.Name, static _ => new List<double>());
        for (int round = -1; round < rounds; round++)
        {
            // All take turns, so that what the machine does beside hits each of them.
            foreach (Contender one in contenders)
            {
                await Bare.ExecuteAsync(connection, $"DROP TABLE IF EXISTS pg_temp.stage, counts; {table}");
                await Bare.ExecuteAsync(connection, "CHECKPOINT");
                long began = Stopwatch.GetTimestamp();
                await one.WriteAsync(counts);
                TimeSpan took = Stopwatch.GetElapsedTime(began);
                if (await CountAsync(connection) != counts.Length)
                {
                    await Console.Error.WriteLineAsync($"{one.Name}: not every row is there");
                    return 1;
                }

                if (round >= 0)
                {
                    times[one.Name].Add(took.TotalSeconds);
                }
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {counts.Length} rows, {Bare.BatchRows} in a batch, medians of {rounds}"));
        double floor = Median(times[contenders[0].Name]);
        foreach (Contender one in contenders)
        {
            double took = Median(times[one.Name]);
            (double least, double most) = (times[one.Name].Min() * 1000, times[one.Name].Max() * 1000);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {one.Name,-45} {took * 1000,7:0} ms   {counts.Length / took / 1000,6:0} k rows/s   "
                + $"{took / floor,5:0.00}   ({least:0} to {most:0} ms)"));
        }

        return 0;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM counts", connection);
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
