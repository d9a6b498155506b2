using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.PostgreSql.Tests.Sinks;

public sealed class UpsertTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALaterPaneReplacesTheEarlierOneWithinABatchAndAcrossBatches()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await WriteAsync(
            PostgreSqlSink.WindowResults<string, long>(schema.ConnectionString, "visits"),
            [Result("home", 0, 1), Result("docs", 0, 1), Result("home", 0, 2)],
            [Result("home", 0, 3), Result("home", 60, 1)]);
        Assert.Equal(
            [
                "1970-01-01T00:00:00Z|1970-01-01T00:01:00Z|docs|1",
                "1970-01-01T00:00:00Z|1970-01-01T00:01:00Z|home|3",
                "1970-01-01T00:01:00Z|1970-01-01T00:02:00Z|home|1",
            ],
            await schema.ReadAsync("SELECT * FROM visits ORDER BY window_start, key"));
    }

    [Fact]
    public async Task ARetractionDeletesAndWhatFollowsItIsThere()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        ISink<WindowResult<string, long>> sink =
            PostgreSqlSink.WindowResults<string, long>(schema.ConnectionString, "visits");
        Assert.Equal((SinkMode.Retract, SinkGuarantee.Idempotent), (sink.Mode, sink.Guarantee));
        await WriteAsync(
            sink,
            [Result("gone", 0, 1), Result("changed", 0, 1), Result("moved", 0, 1)],
            [Result("gone", 0, 1, retracts: true), Result("changed", 0, 1, retracts: true), Result("changed", 0, 2)],
            [Result("moved", 0, 1, retracts: true), Result("moved", 60, 2), Result("never", 0, 1, retracts: true)]);
        Assert.Equal(
            ["changed|0|2", "moved|60|2"],
            await schema.ReadAsync(
                "SELECT key, extract(epoch FROM window_start)::int, value FROM visits ORDER BY key"));
    }

    [Fact]
    public async Task KeysThatTheServerTakesForEqualAreOneRow()
    {
        await using Schema schema = await server.MakeSchemaAsync();

        // Two instants of .NET that differ by a tick are one of PostgreSQL, and 1.0 is 1.00.
        var at = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await WriteAsync(
            PostgreSqlSink.Upsert(
                schema.ConnectionString,
                "rows",
                new PostgreSqlColumns<(DateTimeOffset At, decimal Size, int Value)>()
                    .Key("at", static r => r.At)
                    .Key("size", static r => r.Size)
                    .Column("value", static r => r.Value)),
            [(at, 1.0m, 1), (at.AddTicks(1), 1.00m, 2), (at.AddTicks(9), 1.000m, 3), (at.AddTicks(10), 1m, 4)]);
        Assert.Equal(["3", "4"], await schema.ReadAsync("SELECT value FROM rows ORDER BY at"));
    }

    [Fact]
    public async Task WindowsThatBeginTogetherHaveRowsOfTheirOwn()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        Window hour = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));
        await WriteAsync(
            PostgreSqlSink.WindowResults<string, long>(schema.ConnectionString, "visits"),
            [Result("home", 0, 1), new("home", hour, 60, new Pane(PaneTiming.OnTime, 0))]);
        Assert.Equal(["1", "60"], await schema.ReadAsync("SELECT value FROM visits ORDER BY window_end"));
    }

    [Fact]
    public async Task ColumnsOfOnesOwnHoldThePartsOfAResult()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        PostgreSqlColumns<WindowResult<string, (long Count, double Mean)>> columns =
            PostgreSqlWindows.Columns<string, (long Count, double Mean)>()
                .Key("page", static w => w.Key)
                .Column("visits", static w => w.Value.Count)
                .Column("mean", static w => w.Value.Mean);
        Window window = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));
        await WriteAsync(
            PostgreSqlSink.Upsert(schema.ConnectionString, "stats", columns),
            [new WindowResult<string, (long, double)>("home", window, (3, 1.5), new Pane(PaneTiming.OnTime, 0))]);
        Assert.Equal(["home|3|1.5"], await schema.ReadAsync("SELECT page, visits, mean FROM stats"));
    }

    [Fact]
    public async Task ARowWithNothingButItsKeyIsThereOnce()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        ISink<string> sink = PostgreSqlSink.Upsert(
            schema.ConnectionString, "words", new PostgreSqlColumns<string>().Key("word", static word => word));
        Assert.Equal((SinkMode.Upsert, SinkGuarantee.Idempotent), (sink.Mode, sink.Guarantee));
        await WriteAsync(sink, ["a", "b", "a"], ["b", "c"]);
        Assert.Equal(["a", "b", "c"], await schema.ReadAsync("SELECT word FROM words ORDER BY word"));
    }

    [Fact]
    public async Task TwoWritersOfTheSameKeysInOppositeOrderWaitForEachOtherAndNeverInACircle()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        ISink<int> Sink(PostgreSqlSinkOptions options) => PostgreSqlSink.Upsert(
            schema.ConnectionString,
            "numbers",
            new PostgreSqlColumns<int>().Key("number", static i => i).Column("twice", static i => 2 * i),
            options);

        // Without patience, so that a deadlock would show.
        var options = new PostgreSqlSinkOptions { RetryFor = TimeSpan.Zero };
        int[] numbers = [.. Enumerable.Range(0, 2000)];
        int[][] forth = [.. Enumerable.Repeat(numbers, 10)];
        int[][] back = [.. Enumerable.Repeat<int[]>([.. numbers.Reverse()], 10)];
        await WriteAsync(Sink(options), numbers);
        await Task.WhenAll(WriteAsync(Sink(options), forth), WriteAsync(Sink(options), back));
        Assert.Equal(["2000"], await schema.ReadAsync("SELECT count(*) FROM numbers"));
    }

    private static async Task WriteAsync<T>(ISink<T> sink, params T[][] batches)
    {
        await using SinkDriver<T> driver = await SinkDriver.OpenAsync(sink, cancellationToken: Token);
        foreach (T[] batch in batches)
        {
            await driver.WriteAsync(batch, Token);
            await driver.FlushAsync(Token);
        }
    }

    private static WindowResult<string, long> Result(string key, int start, long value, bool retracts = false) => new(
        key,
        new Window(DateTimeOffset.UnixEpoch.AddSeconds(start), DateTimeOffset.UnixEpoch.AddSeconds(start + 60)),
        value,
        new Pane(PaneTiming.OnTime, 0, isRetraction: retracts));
}
