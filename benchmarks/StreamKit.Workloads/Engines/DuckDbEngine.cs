using System.Globalization;
using DuckDB.NET.Data;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines;

/// <summary>DuckDB over a table that is loaded before: what a good batch engine needs for the same answer.</summary>
/// <remarks>
/// A bound, not a rival: it sees all events at once, in columns, and its rows stay inside. So loading and
/// reading out are not timed, only the query that creates the table of results. It uses as many threads as there are
/// lanes.
/// </remarks>
internal sealed class DuckDbEngine : IBatchEngine, IAsyncDisposable
{
    // A list of text for each row takes long to load, though that is not timed.
    private const int MostTweets = 1_000_000;

    private const string Tumbling = """
        SELECT timestamp_ms // 1000 * 1000, key, count(*), sum(value)::BIGINT FROM events
        GROUP BY timestamp_ms // 1000, key
        """;

    private const string HoppingSums = """
        WITH panes AS (SELECT timestamp_ms // 1000 AS pane, key, sum(value)::BIGINT AS total FROM events GROUP BY ALL)
        SELECT (pane - back) * 1000, key, 0::BIGINT, sum(total)::BIGINT FROM panes, range(10) AS hops(back)
        GROUP BY pane - back, key
        """;

    private const string Sessions = """
        WITH steps AS (
            SELECT *, CASE WHEN timestamp_ms - lag(timestamp_ms) OVER (PARTITION BY key ORDER BY timestamp_ms) >= 30000
                THEN 1 ELSE 0 END AS opens FROM events),
        numbered AS (
            SELECT *, sum(opens) OVER (PARTITION BY key ORDER BY timestamp_ms ROWS UNBOUNDED PRECEDING) AS session
            FROM steps)
        SELECT max(timestamp_ms) + 30000, key, count(*), sum(value)::BIGINT FROM numbered GROUP BY key, session
        """;

    private const string SlidingMaxima = """
        WITH panes AS (SELECT timestamp_ms // 1000 AS pane, key, max(value)::BIGINT AS top FROM events GROUP BY ALL)
        SELECT (pane - back) * 1000, key, max(top), 0::BIGINT FROM panes, range(60) AS hops(back)
        GROUP BY pane - back, key
        """;

    private const string Tags = """
        WITH tags AS (
            SELECT unnest(CASE WHEN ((followers * 2 + 1) & 7) = 5 THEN [] ELSE tags END) AS tag
            FROM events WHERE language < 8)
        SELECT 0::BIGINT, 0, count(*), sum(length(tag))::BIGINT FROM tags
        """;

    private const string Join = """
        SELECT (l.timestamp_ms // 10000 + 1) * 10000, l.key, l.value::BIGINT, r.value::BIGINT
        FROM events l JOIN others r ON l.key = r.key AND l.timestamp_ms // 10000 = r.timestamp_ms // 10000
        """;

    private DuckDBConnection? _database;

    public string Name => "DuckDB (batch)";

    public bool Supports(string workload, RunOptions options) => WorkloadCatalog.Names.Contains(workload);

    public int MostEvents(string workload) => workload == "W6" ? MostTweets : int.MaxValue;

    public async Task PrepareAsync(Workload workload, RunOptions options)
    {
        await DisposeAsync();
        _database = new DuckDBConnection("DataSource=:memory:");
        await _database.OpenAsync();
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SET threads = {options.Lanes}"));
        await ExecuteAsync("SET preserve_insertion_order = false");
        switch (workload)
        {
            case SingleInputWorkload<TextEvent> w2:
                await ExecuteAsync("CREATE TABLE events (timestamp_ms BIGINT, key VARCHAR, value INTEGER)");
                Load("events", w2.Input, static (row, e) =>
                    row.AppendValue(e.TimestampMs).AppendValue(e.Key).AppendValue(e.Value).EndRow());
                break;
            case SingleInputWorkload<TweetRecord> w6:
                await ExecuteAsync("CREATE TABLE events (language INTEGER, followers INTEGER, tags VARCHAR[])");
                Load("events", w6.Input, static (row, t) =>
                    row.AppendValue(t.Language).AppendValue(t.Followers).AppendValue(t.Tags).EndRow());
                break;
            case SingleInputWorkload<Event> w:
                await LoadAsync("events", w.Input);
                break;
            case JoinWorkload w7:
                await LoadAsync("events", w7.Left);
                await LoadAsync("others", w7.Right);
                break;
            default:
                throw new NotSupportedException($"{Name} does not run {workload.Name}");
        }
    }

    public Task ComputeAsync(Workload workload, RunOptions options) =>
        ExecuteAsync("CREATE OR REPLACE TABLE results(window_ms, key, first, second) AS " + QueryOf(workload.Name));

    public async Task<Checksum> ReadAsync(Workload workload)
    {
        using DuckDBCommand command = Database.CreateCommand();
        command.CommandText = "SELECT * FROM results";
        command.UseStreamingMode = true;
        using DuckDBDataReader reader = command.ExecuteReader();
        bool isText = workload.Name == "W2";
        var result = default(Checksum);
        while (await reader.ReadAsync())
        {
            ulong key = isText ? Checksum.Fingerprint(reader.GetString(1)) : (uint)reader.GetInt32(1);
            result.Add(reader.GetInt64(0), key, reader.GetInt64(2), reader.GetInt64(3));
        }

        return result;
    }

    public async Task<Checksum> RunAsync(Workload workload, RunOptions options)
    {
        await ComputeAsync(workload, options);
        return await ReadAsync(workload);
    }

    /// <summary>Lets go of the data; a workload can be prepared again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_database is { } database)
        {
            _database = null;
            await database.DisposeAsync();
        }
    }

    private DuckDBConnection Database =>
        _database ?? throw new InvalidOperationException("the workload was not prepared");

    private static string QueryOf(string workload) => workload switch
    {
        "W1" or "W2" => Tumbling,
        "W3" => HoppingSums,
        "W4" => Sessions,
        "W5" => SlidingMaxima,
        "W6" => Tags,
        _ => Join,
    };

    private async Task LoadAsync(string table, Event[] events)
    {
        await ExecuteAsync($"CREATE TABLE {table} (timestamp_ms BIGINT, key INTEGER, value INTEGER)");
        Load(table, events, static (row, e) =>
            row.AppendValue(e.TimestampMs).AppendValue(e.Key).AppendValue(e.Value).EndRow());
    }

    private void Load<T>(string table, T[] rows, Action<IDuckDBAppenderRow, T> append)
    {
        using DuckDBAppender appender = Database.CreateAppender(table);
        foreach (T row in rows)
        {
            append(appender.CreateRow(), row);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        using DuckDBCommand command = Database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
