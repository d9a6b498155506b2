using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Redis.Tests;

/// <summary>Results of windows in hashes and sorted sets.</summary>
public abstract class WindowSinkTests(TestServers servers, ServerKind kind) : IAsyncLifetime
{
    private static readonly DateTimeOffset s_noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
    private TestServer _server = null!; // Opened before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHashHoldsTheResultsOfItsWindow()
    {
        await WriteAsync(
            RedisSink.Hash<string, long>(_server.Connection, _server.Key("counts:{start}")),
            [Result("a", 0, 1), Result("b", 0, 2), Result("a", 1, 3)]);
        Assert.Equal(["a=1", "b=2"], await HashAsync("counts:2026-09-01T12:00:00Z"));
        Assert.Equal(["a=3"], await HashAsync("counts:2026-09-01T12:01:00Z"));
        Assert.Null(await _server.Database.KeyTimeToLiveAsync(_server.Key("counts:2026-09-01T12:00:00Z")));
    }

    [Fact]
    public async Task ALaterPaneReplacesAnEarlierOneAndARetractionRemovesIt()
    {
        ISink<WindowResult<string, long>> sink =
            RedisSink.Hash<string, long>(_server.Connection, _server.Key("counts:{start}"));
        Assert.Equal(SinkMode.Retract, sink.Mode);
        Assert.Equal(SinkGuarantee.Idempotent, sink.Guarantee);
        await WriteAsync(
            sink,
            [Result("a", 0, 1), Result("b", 0, 1), Result("c", 0, 1), Result("d", 0, 1)],
            [Result("a", 0, 2), Taken("b", 0, 1), Result("c", 0, 2), Taken("c", 0, 2)],
            [Taken("d", 0, 1), Result("d", 0, 4)]);
        Assert.Equal(["a=2", "d=4"], await HashAsync("counts:2026-09-01T12:00:00Z"));
    }

    [Fact]
    public async Task WrittenAgainAfterAFailureAHashIsTheSame()
    {
        ISink<WindowResult<string, long>> sink =
            RedisSink.Hash<string, long>(_server.Connection, _server.Key("counts:{start}"));
        WindowResult<string, long>[] results =
            [Result("a", 0, 1), Result("b", 0, 1), Taken("b", 0, 1), Result("a", 0, 2), Result("c", 0, 3)];
        for (int length = 0; length <= results.Length; length++)
        {
            await WriteAsync(sink, results[..length]);
            await WriteAsync(sink, results);
            Assert.Equal(["a=2", "c=3"], await HashAsync("counts:2026-09-01T12:00:00Z"));
        }
    }

    [Fact]
    public async Task KeysOfWindowsExpireAfterTheLastWrite()
    {
        var options = new RedisSinkOptions { ExpireAfter = TimeSpan.FromHours(2) };
        await WriteAsync(
            RedisSink.Hash<string, long>(_server.Connection, _server.Key("counts:{start}"), options: options),
            [Result("a", 0, 1)]);
        TimeSpan? left = await _server.Database.KeyTimeToLiveAsync(_server.Key("counts:2026-09-01T12:00:00Z"));
        Assert.InRange(left!.Value, TimeSpan.FromMinutes(119), TimeSpan.FromMinutes(120));
    }

    [Fact]
    public async Task DelegatesSayWhatAFieldAndAValueAre()
    {
        await WriteAsync(
            RedisSink.Hash<(string Page, int Status), (long Hits, double Mean)>(
                _server.Connection,
                _server.Key("hits:{start:yyyyMMddHHmm}-{end:HHmm}:{{x}}"),
                key => $"{key.Page}/{key.Status}",
                value => value.Hits == 0 ? RedisValue.Null : $"{value.Hits};{value.Mean:0.0}"),
            [Hits(200, 3, 0.5), Hits(404, 0, 0)]);
        Assert.Equal(["home/200=3;0.5"], await HashAsync("hits:202609011200-1201:{x}"));
    }

    [Fact]
    public async Task ASortedSetKeepsTheBestOfItsWindow()
    {
        var options = new RedisSortedSetOptions { KeepTop = 2, ExpireAfter = TimeSpan.FromHours(2) };
        await WriteAsync(
            RedisSink.SortedSet<string, long>(_server.Connection, _server.Key("top:{start}"), options: options),
            [Result("a", 0, 1), Result("b", 0, 5), Result("c", 0, 3), Result("a", 1, 1)],
            [Result("d", 0, 4)],
            [Taken("d", 0, 4)],
            [Result("a", 0, 9)]);
        Assert.Equal(["a=9", "b=5"], await SetAsync("top:2026-09-01T12:00:00Z"));
        Assert.Equal(["a=1"], await SetAsync("top:2026-09-01T12:01:00Z"));
        Assert.NotNull(await _server.Database.KeyTimeToLiveAsync(_server.Key("top:2026-09-01T12:01:00Z")));
    }

    [Fact]
    public async Task ARankingReplacesTheOneBeforeAsAWhole()
    {
        await using SinkDriver<WindowRanking<string, double>> driver = await SinkDriver.OpenAsync(
            RedisSink.Ranking<string, double>(_server.Connection, _server.Key("top:{start}")),
            cancellationToken: Token);
        await driver.WriteAsync([Ranking(("a", 3), ("b", 2)), Ranking(("a", 3), ("c", 2.5))], Token);
        await driver.FlushAsync(Token);
        Assert.Equal(["a=3", "c=2.5"], await SetAsync("top:2026-09-01T12:00:00Z"));
        await driver.WriteAsync([Ranking(("d", 1))], Token);
        await driver.FlushAsync(Token);
        Assert.Equal(["d=1"], await SetAsync("top:2026-09-01T12:00:00Z"));
        await driver.WriteAsync([Ranking()], Token);
        await driver.FlushAsync(Token);
        Assert.False(await _server.Database.KeyExistsAsync(_server.Key("top:2026-09-01T12:00:00Z")));
    }

    [Fact]
    public async Task NaNIsNoScore()
    {
        await using SinkDriver<WindowResult<string, double>> driver = await SinkDriver.OpenAsync(
            RedisSink.SortedSet<string, double>(_server.Connection, _server.Key("top:{start}")),
            cancellationToken: Token);
        await Assert.ThrowsAsync<ArithmeticException>(async () => await driver.WriteAsync(
            [new WindowResult<string, double>("a", Minute(0), double.NaN, default)], Token));
    }

    [Fact]
    public async Task ManyBatchesOnTheirWayArriveInTheirOrder()
    {
        const int Batches = 200;
        IEnumerable<WindowResult<string, long>[]> batches = Enumerable.Range(1, Batches)
            .Select(i => Enumerable.Range(0, 50).Select(k => Result($"k{k}", k % 3, i)).ToArray());
        await WriteAsync(
            RedisSink.Hash<string, long>(_server.Connection, _server.Key("counts:{start}")), [.. batches]);
        string[] fields = await HashAsync("counts:2026-09-01T12:02:00Z");
        Assert.Equal(16, fields.Length);
        Assert.All(fields, field => Assert.EndsWith($"={Batches}", field, StringComparison.Ordinal));
    }

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(kind);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static Window Minute(int minute) =>
        Window.From(s_noon.AddMinutes(minute), TimeSpan.FromMinutes(1));

    private static WindowResult<(string Page, int Status), (long Hits, double Mean)> Hits(
        int status, long hits, double mean) => new(("home", status), Minute(0), (hits, mean), default);

    private static WindowResult<string, long> Result(string key, int minute, long value) =>
        new(key, Minute(minute), value, default);

    private static WindowResult<string, long> Taken(string key, int minute, long value) =>
        new(key, Minute(minute), value, new Pane(PaneTiming.Late, 0, isRetraction: true));

    private static WindowRanking<string, double> Ranking(params (string Key, double Value)[] items) => new(
        Minute(0),
        [.. items.Select(item => new WindowResult<string, double>(item.Key, Minute(0), item.Value, default))],
        default);

    private static async Task WriteAsync<T>(ISink<T> sink, params T[][] batches)
    {
        await using SinkDriver<T> driver = await SinkDriver.OpenAsync(sink, cancellationToken: Token);
        foreach (T[] batch in batches)
        {
            await driver.WriteAsync(batch, Token);
        }

        await driver.FlushAsync(Token);
    }

    private async Task<string[]> HashAsync(string key)
    {
        HashEntry[] entries = await _server.Database.HashGetAllAsync(_server.Key(key));
        return [.. entries.Select(entry => $"{entry.Name}={entry.Value}").Order(StringComparer.Ordinal)];
    }

    private async Task<string[]> SetAsync(string key)
    {
        SortedSetEntry[] entries = await _server.Database.SortedSetRangeByRankWithScoresAsync(
            _server.Key(key), order: Order.Descending);
        return [.. entries.Select(entry => FormattableString.Invariant($"{entry.Element}={entry.Score}"))];
    }
}
