using System.Globalization;
using StackExchange.Redis;
using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Servers;

namespace StreamKit.Redis.Tests;

/// <summary>Whole jobs that fail again and again, or whose server does.</summary>
public sealed class JobTests(TestServers servers)
{
    private const int Many = 3000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRecordIsInTheStreamOnceAlthoughTheJobFailsAgainAndAgain()
    {
        TestServer server = await servers.OpenAsync(ServerKind.Redis);
        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(Enumerable.Range(0, Many).ToArray(), "numbers")
            .Select(FailingEvery(100))
            .To(NumbersTo(server.Connection, server.Key("out")), "out");
        await using StreamJob job = builder.Build().Start(Options(SinkGuarantee.ExactlyOnce));
        await job.Completion.WaitAsync(Token);
        Assert.True(job.GetCheckpointStatus().Restarts > 10);
        Assert.Equal(Enumerable.Range(0, Many), await NumbersAsync(server.Database, server.Key("out")));
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task EveryRecordCountsOnceAlthoughTheJobFailsAgainAndAgain(ServerKind kind)
    {
        TestServer server = await servers.OpenAsync(kind);
        StreamBuilder builder = StreamBuilder.Create("numbers");
        builder.From(Enumerable.Range(0, Many).ToArray(), "numbers")
            .Select(FailingEvery(100))
            .To(
                RedisSink.Increment<int>(
                    server.Connection, server.Key("totals"), number => $"last digit {number % 10}", number => number),
                "totals");
        await using StreamJob job = builder.Build().Start(Options(SinkGuarantee.ExactlyOnce));
        await job.Completion.WaitAsync(Token);
        HashEntry[] totals = await server.Database.HashGetAllAsync(server.Key("totals"));
        Assert.Equal(
            Enumerable.Range(0, 10).Select(digit => Enumerable.Range(0, Many).Where(n => n % 10 == digit).Sum()),
            totals.OrderBy(total => (string)total.Name!, StringComparer.Ordinal).Select(total => (int)total.Value));
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Garnet)]
    public async Task HashesOfWindowsHoldTheSameAsWithoutAnyFailure(ServerKind kind)
    {
        TestServer server = await servers.OpenAsync(kind);
        await using (StreamJob undisturbed = Windows(server, "calm", number => number).Start())
        {
            await undisturbed.Completion.WaitAsync(Token);
        }

        await using StreamJob job = Windows(server, "stormy", FailingEvery(100))
            .Start(Options(SinkGuarantee.Idempotent));
        await job.Completion.WaitAsync(Token);
        int windows = 0;
        for (DateTimeOffset start = DateTimeOffset.UnixEpoch; windows < Many / 60; start += TimeSpan.FromMinutes(1))
        {
            string name = start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            HashEntry[] calm = await server.Database.HashGetAllAsync(server.Key($"calm:{name}"));
            HashEntry[] stormy = await server.Database.HashGetAllAsync(server.Key($"stormy:{name}"));
            Assert.Equal(7, calm.Length);
            Assert.Equal(calm.ToHashSet(), stormy.ToHashSet());
            windows++;
        }
    }

    [Fact]
    public async Task AStreamGoesThroughAJobOnceAlthoughServerAndJobFail()
    {
        await using RedisServer redis = await RedisServer.StartAsync(Token);
        await FillAsync(redis, "in");
        RedisConnection connection = redis.Address;
        var source = RedisSource.Stream(connection, "in", NumberOf, new RedisStreamSourceOptions { Follow = false });
        int seen = 0;
        var middle = new TaskCompletionSource();
        StreamBuilder builder = StreamBuilder.Create("through");
        builder.From(source, "in")
            .Select(FailingEvery(500))
            .Select(number =>
            {
                if (Interlocked.Increment(ref seen) == Many / 2)
                {
                    middle.TrySetResult();
                }

                return number;
            })
            .To(NumbersTo(connection, "out"), "out");
        await using StreamJob job = builder.Build().Start(Options(SinkGuarantee.ExactlyOnce) with { BatchSize = 16 });
        await Task.WhenAny(middle.Task, job.Completion);
        await redis.StopAsync();
        await redis.RestartAsync(Token);
        await job.Completion.WaitAsync(Token);
        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        Assert.Equal(Enumerable.Range(0, Many), await NumbersAsync(client.GetDatabase(), "out"));
    }

    [Fact]
    public async Task AGroupHasEveryEntryOnceAndAcknowledgedAlthoughTheJobFailsAgainAndAgain()
    {
        await using RedisServer redis = await RedisServer.StartAsync(Token);
        await FillAsync(redis, "in");
        RedisConnection connection = redis.Address;
        StreamBuilder builder = StreamBuilder.Create("through");
        builder.From(
                RedisSource.Group(
                    connection, "in", "group", "me", NumberOf, new RedisGroupSourceOptions { Follow = false }),
                "in")
            .Select(FailingEvery(200))
            .To(NumbersTo(connection, "out"), "out");
        await using StreamJob job = builder.Build().Start(Options(SinkGuarantee.ExactlyOnce) with { BatchSize = 16 });
        await job.Completion.WaitAsync(Token);
        Assert.True(job.GetCheckpointStatus().Restarts > 5);
        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        Assert.Equal(Enumerable.Range(0, Many), await NumbersAsync(client.GetDatabase(), "out"));
        Assert.Equal(0, (await client.GetDatabase().StreamPendingAsync("in", "group")).PendingMessageCount);
    }

    [Theory]
    [InlineData(StopMode.Abort)]
    [InlineData(StopMode.Checkpoint)]
    public async Task AJobThatIsStoppedInTheMiddleIsGoneOnWithByTheNext(StopMode mode)
    {
        await using RedisServer redis = await RedisServer.StartAsync(Token);
        await FillAsync(redis, "in");
        RedisConnection connection = redis.Address;
        var store = new MemoryCheckpointStore();
        bool group = mode == StopMode.Checkpoint;
        int read = 0;
        for (int run = 0; run < 4; run++)
        {
            var reached = new TaskCompletionSource();
            int until = Volatile.Read(ref read) + (Many / 5);
            bool last = run == 3;
            ISource<int> source = group
                ? RedisSource.Group(
                    connection, "in", "g", "me", NumberOf, new RedisGroupSourceOptions { Follow = !last })
                : RedisSource.Stream(connection, "in", NumberOf, new RedisStreamSourceOptions { Follow = !last });
            StreamBuilder builder = StreamBuilder.Create("through");
            builder.From(source, "in")
                .Select(number =>
                {
                    if (Interlocked.Increment(ref read) == until)
                    {
                        reached.TrySetResult();
                    }

                    return number;
                })
                .To(NumbersTo(connection, "out"), "out");
            await using StreamJob job = builder.Build().Start(
                Options(SinkGuarantee.ExactlyOnce, store) with { BatchSize = 16 });
            if (last)
            {
                await job.Completion.WaitAsync(Token);
                continue;
            }

            await reached.Task.WaitAsync(Token);
            await job.StopAsync(mode, Token);
        }

        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        Assert.Equal(Enumerable.Range(0, Many), await NumbersAsync(client.GetDatabase(), "out"));
    }

    [Fact]
    public async Task AJobThatBeginsAnewIsRefusedRatherThanToWriteTwice()
    {
        TestServer server = await servers.OpenAsync(ServerKind.Redis);
        for (int run = 0; run < 2; run++)
        {
            StreamBuilder builder = StreamBuilder.Create("numbers");
            builder.From(Enumerable.Range(0, 10).ToArray(), "numbers")
                .To(NumbersTo(server.Connection, server.Key("out")), "out");
            await using StreamJob job = builder.Build().Start(
                Options(SinkGuarantee.ExactlyOnce) with { Restart = RestartStrategy.None });
            if (run == 0)
            {
                await job.Completion.WaitAsync(Token);
            }
            else
            {
                Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => job.Completion.WaitAsync(Token));
                Assert.Contains("it has written epoch", refused.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(Enumerable.Range(0, 10), await NumbersAsync(server.Database, server.Key("out")));
    }

    private static StreamPipeline Windows(TestServer server, string name, Func<int, int> each)
    {
        StreamBuilder builder = StreamBuilder.Create(name);
        builder.From(Enumerable.Range(0, Many).ToArray(), "numbers")
            .Select(each)
            .WithEventTime(
                static number => DateTimeOffset.UnixEpoch.AddSeconds(number),
                Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(1)))
            .Named("time")
            .KeyBy(static number => number % 7)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .Count()
            .Named("counts")
            .To(RedisSink.Hash<int, long>(server.Connection, server.Key(name + ":{start}")), "out");
        return builder.Build();
    }

    private static Func<int, int> FailingEvery(int distance)
    {
        // At the first record, and then each time so much further than the time before.
        int failAt = 0;
        return number =>
        {
            if (number >= failAt && failAt < Many)
            {
                failAt += distance;
                throw new InvalidDataException($"number {number}");
            }

            return number;
        };
    }

    private static JobOptions Options(SinkGuarantee required, MemoryCheckpointStore? store = null) => new()
    {
        Checkpoints = Checkpoints.In(store ?? new MemoryCheckpointStore(), TimeSpan.FromMilliseconds(1)) with
        {
            Require = required,
        },
        Restart = RestartStrategy.Fixed(1000, TimeSpan.Zero),
    };

    private static ISink<int> NumbersTo(RedisConnection connection, string stream) => RedisSink.Stream<int>(
        connection,
        stream,
        static number => [new NameValueEntry("number", number)],
        new RedisStreamSinkOptions { ExactlyOnce = true });

    private static int NumberOf(StreamEntry entry) => (int)entry["number"];

    private static async Task<IEnumerable<int>> NumbersAsync(IDatabase database, string stream) =>
        (await database.StreamRangeAsync(stream)).Select(NumberOf);

    private static async Task FillAsync(RedisServer redis, string stream)
    {
        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        IDatabase database = client.GetDatabase();
        await Task.WhenAll(Enumerable.Range(0, Many).Select(i => database.StreamAddAsync(stream, "number", i)));
    }
}
