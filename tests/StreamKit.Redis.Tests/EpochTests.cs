using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Writing;

namespace StreamKit.Redis.Tests;

/// <summary>Epochs that are written in several parts, and what a marker must not allow.</summary>
public abstract class EpochTests(TestServers servers, ServerKind kind) : IAsyncLifetime
{
    private const int Many = 20_000; // Several parts, because each record is a field of its own.
    private TestServer _server = null!; // Opened before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RedisKey Marker => EpochMarker.Of(_server.Key("totals"), "sink");

    [Fact]
    public async Task AnEpochOfManyPartsIsThereOnce()
    {
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync();
        await CommitAsync(writer, 1, Enumerable.Range(0, Many));
        await CommitAsync(writer, 2, Enumerable.Range(0, Many));
        await AssertAllAsync(2);
        Assert.Equal(2, await writer.FindLastEpochAsync(Token));
        Assert.Equal(1, await _server.Database.HashLengthAsync(Marker));
    }

    [Fact]
    public async Task ARunThatWasCutOffInTheMiddleOfAnEpochIsGoneOnWith()
    {
        var half = new EpochParts<int>(Form, Enumerable.Range(0, Many).ToArray());
        await EvaluateAsync(half.Next(1));
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync();
        Assert.Equal(0, await writer.FindLastEpochAsync(Token));
        long written = (long)await _server.Database.HashGetAsync(Marker, "written");
        Assert.InRange(written, 1, Many - 1);
        await CommitAsync(writer, 1, Enumerable.Range(0, Many));
        await AssertAllAsync(1);
    }

    [Fact]
    public async Task TwoRunsThatCommitTheSameEpochPartByPartWriteItOnce()
    {
        // In step, so that each finds the marker where the other has moved it.
        EpochParts<int>[] runs = [.. Enumerable.Range(0, 2)
            .Select(_ => new EpochParts<int>(Form, Enumerable.Range(0, Many).ToArray()))];
        bool[] done = new bool[2];
        while (!done.All(run => run))
        {
            RedisValue[][] parts = [.. runs.Select(run => run.Next(1))];
            for (int i = 0; i < 2; i++)
            {
                EpochMarker reached = EpochMarker.From(await EvaluateAsync(parts[i]));
                done[i] = reached.Epoch == 1;
                Assert.True(done[i] || runs[i].TryAdvance(reached));
            }
        }

        await AssertAllAsync(1);
    }

    [Fact]
    public async Task APartThatIsSentAgainChangesNothing()
    {
        RedisValue[] part = new EpochParts<int>(Form, Enumerable.Range(0, Many).ToArray()).Next(1);
        RedisResult first = await EvaluateAsync(part);
        RedisResult second = await EvaluateAsync(part);
        Assert.Equal(EpochMarker.From(first), EpochMarker.From(second));
        HashEntry[] totals = await _server.Database.HashGetAllAsync(_server.Key("totals"));
        Assert.All(totals, total => Assert.Equal(1, (long)total.Value));
    }

    [Fact]
    public async Task OtherRecordsThanThoseThatAreThereAreRefused()
    {
        await EvaluateAsync(new EpochParts<int>(Form, Enumerable.Range(0, Many).ToArray()).Next(1));
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync();
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await CommitAsync(writer, 1, Enumerable.Range(1, Many)));
        Assert.Contains("they are not those of this job's checkpoint", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await CommitAsync(writer, 1, [0]));
        await CommitAsync(writer, 1, Enumerable.Range(0, Many));
        await AssertAllAsync(1);
    }

    [Fact]
    public async Task AMarkerThatTheServerHasLostIsSaid()
    {
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync();
        await CommitAsync(writer, 1, [1]);
        await CommitAsync(writer, 2, [2]);
        await _server.Database.KeyDeleteAsync(Marker);
        InvalidOperationException lost = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await CommitAsync(writer, 3, [3]));
        Assert.Contains("Redis has lost what it had acknowledged", lost.Message, StringComparison.Ordinal);
        Assert.Equal(2, await _server.Database.HashLengthAsync(_server.Key("totals")));
    }

    [Fact]
    public async Task AFieldThatIsNoNumberLeavesThePartUnwritten()
    {
        await _server.Database.HashSetAsync(
            _server.Key("totals"), [new("0", long.MaxValue), new("1", -5), new("7", "seven")]);
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync();
        IOException refused = await Assert.ThrowsAsync<IOException>(
            async () => await CommitAsync(writer, 1, [1, 2, 7, 8]));
        Assert.Contains("'sink' is refused by Redis", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(async () => await CommitAsync(writer, 1, [1, 2, 0, 8]));
        Assert.Equal(-5, (long)await _server.Database.HashGetAsync(_server.Key("totals"), "1"));
        Assert.Equal(0, (long)await _server.Database.HashGetAsync(_server.Key("totals"), "2"));
        Assert.Equal(0, await writer.FindLastEpochAsync(Token));
        await CommitAsync(writer, 1, [1, 2]);
        Assert.Equal(-4, (long)await _server.Database.HashGetAsync(_server.Key("totals"), "1"));
        Assert.Equal(1, (long)await _server.Database.HashGetAsync(_server.Key("totals"), "2"));
    }

    [Fact]
    public async Task AKeyOfAnotherKindLeavesTheMarker()
    {
        await _server.Database.StringSetAsync(_server.Key("totals"), "text");
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync();
        await Assert.ThrowsAsync<IOException>(async () => await CommitAsync(writer, 1, [1]));
        Assert.False(await _server.Database.KeyExistsAsync(Marker));
    }

    [Fact]
    public async Task TotalsThatExpireLeaveTheMarker()
    {
        await using IWriteAheadSinkWriter<int> writer =
            await OpenAsync(new RedisSinkOptions { ExpireAfter = TimeSpan.FromHours(1) });
        await CommitAsync(writer, 1, [1]);
        Assert.NotNull(await _server.Database.KeyTimeToLiveAsync(_server.Key("totals")));
        Assert.Null(await _server.Database.KeyTimeToLiveAsync(Marker));
    }

    public async ValueTask InitializeAsync() => _server = await servers.OpenAsync(kind);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private IncrementEpochForm<int> Form => new(_server.Key("totals"), FieldOf, _ => 1, expireAfter: null);

    private static RedisValue FieldOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ValueTask CommitAsync(IWriteAheadSinkWriter<int> writer, long epoch, IEnumerable<int> records)
    {
        int[] values = [.. records];
        return writer.CommitAsync(epoch, new SinkBatch<int>(values, new long[values.Length]), Token);
    }

    private async Task<IWriteAheadSinkWriter<int>> OpenAsync(RedisSinkOptions? options = null)
    {
        ISink<int> sink = RedisSink.Increment<int>(
            _server.Connection, _server.Key("totals"), FieldOf, _ => 1, options);
        var context = new SinkContext("sink", TimeProvider.System, NullLogger.Instance) { HasCheckpoints = true };
        return Assert.IsType<IWriteAheadSinkWriter<int>>(await sink.OpenAsync(context, Token), exactMatch: false);
    }

    private Task<RedisResult> EvaluateAsync(RedisValue[] arguments) =>
        _server.Database.ScriptEvaluateAsync(Form.Script, [Marker, _server.Key("totals")], arguments);

    private async Task AssertAllAsync(long each)
    {
        HashEntry[] totals = await _server.Database.HashGetAllAsync(_server.Key("totals"));
        Assert.Equal(Many, totals.Length);
        Assert.All(totals, total => Assert.Equal(each, (long)total.Value));
    }
}
