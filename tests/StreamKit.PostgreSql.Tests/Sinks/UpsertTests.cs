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
        Assert.Equal(SinkMode.Retract, sink.Mode);
        await WriteAsync(
            sink,
            [Result("gone", 0, 1), Result("changed", 0, 1), Result("moved", 0, 1)],
            [Result("gone", 0, 1, retracts: true), Result("changed", 0, 1, retracts: true), Result("changed", 0, 2)],
            [Result("moved", 0, 1, retracts: true), Result("moved", 60, 2), Result("never", 0, 1, retracts: true)]);
        Assert.Equal(
            ["changed|0|2", "moved|60|2"],
            await schema.ReadAsync("SELECT key, extract(epoch FROM window_start)::int, value FROM visits ORDER BY key"));
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
