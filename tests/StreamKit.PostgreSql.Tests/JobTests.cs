using System.Globalization;
using StreamKit.Connectors;
using StreamKit.Servers;
using StreamKit.Windowing;

namespace StreamKit.PostgreSql.Tests;

/// <summary>Jobs whose checkpoints and results lie in one database.</summary>
public sealed class JobTests(SharedServer server)
{
    private const int Lines = 3000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryNumberIsThereOnceAlthoughTheJobFailsAgainAndAgain()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        int failAt = 0;
        await using StreamJob job = Start(schema.ConnectionString, i =>
        {
            if (i >= failAt && failAt < Lines)
            {
                failAt += 300;
                throw new InvalidDataException(i.ToString(CultureInfo.InvariantCulture));
            }

            return ValueTask.CompletedTask;
        });
        await job.Completion.WaitAsync(Token);
        Assert.Equal(10, job.GetCheckpointStatus().Restarts);
        await AssertEveryNumberIsThereOnceAsync(schema);
    }

    [Fact]
    public async Task EveryNumberIsThereOnceAlthoughTheServerIsRestartedInTheMiddle()
    {
        await using PostgreSqlServer own = await PostgreSqlServer.StartAsync(Token);
        await using Schema schema = await Schema.MakeAsync(own, "restarted");
        await using StreamJob job = Start(schema.ConnectionString, async i =>
        {
            if (i % 1000 == 500)
            {
                await own.RestartAsync(Token);
            }
        });
        await job.Completion.WaitAsync(Token);
        await AssertEveryNumberIsThereOnceAsync(schema);
    }

    [Fact]
    public async Task AJobInAnotherProcessGoesOnWhereTheFirstWasStopped()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        var half = new TaskCompletionSource();
        await using (StreamJob first = Start(schema.ConnectionString, async i =>
        {
            if (i == Lines / 2)
            {
                half.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Token);
            }
        }))
        {
            // Aborted where it stands, as a kill would: what it has not committed is nobody's.
            await half.Task.WaitAsync(Token);
            await first.StopAsync(StopMode.Abort, Token);
        }

        await using StreamJob second = Start(schema.ConnectionString, static _ => ValueTask.CompletedTask);
        await second.Completion.WaitAsync(Token);
        await AssertEveryNumberIsThereOnceAsync(schema);
    }

    [Fact]
    public async Task LaterPanesReplaceEarlierOnesAndMergedSessionsLeaveNoTrace()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddSeconds(second);
        StreamBuilder builder = StreamBuilder.Create("sessions");
        builder.From([0, 8, 30, 4])
            .WithEventTime(second => At(second), Watermarks.Monotonic())
            .KeyBy(static _ => "all")
            .Window(TimeWindows.Session(TimeSpan.FromSeconds(5)))
            .AllowLateness(TimeSpan.FromMinutes(1))
            .Panes(PaneMode.Retracting)
            .Count()
            .To(PostgreSqlSink.WindowResults<string, long>(schema.ConnectionString, "sessions"), "table");
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 1 });
        await job.Completion.WaitAsync(Token);
        Assert.Equal(
            ["0|13|3", "30|35|1"],
            await schema.ReadAsync(
                "SELECT extract(epoch FROM window_start)::int, extract(epoch FROM window_end)::int, value "
                + "FROM sessions ORDER BY 1"));
    }

    // Numbers as they are, and their counts in windows of ten, both exactly once.
    private static StreamJob Start(string connection, Func<int, ValueTask> atEach)
    {
        var exactly = new PostgreSqlSinkOptions { ExactlyOnce = true };
        StreamBuilder builder = StreamBuilder.Create("numbers");
        DataStream<int> numbers = builder.From(new SlowNumbers(Lines, atEach), "source");
        numbers.To(
            PostgreSqlSink.Append(
                connection, "numbers", new PostgreSqlColumns<int>().Column("number", static i => i), exactly),
            "numbers");
        numbers
            .WithEventTime(static i => DateTimeOffset.UnixEpoch.AddSeconds(i), Watermarks.Monotonic())
            .Named("times")
            .KeyBy(static i => i % 2 == 0 ? "even" : "odd")
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Count()
            .Named("counts")
            .To(PostgreSqlSink.WindowResults<string, long>(connection, "counts", exactly), "table");
        return builder.Build().Start(new JobOptions
        {
            Parallelism = 2,
            BatchSize = 16,
            Checkpoints = Checkpoints.In(new PostgreSqlCheckpointStore(connection), TimeSpan.FromMilliseconds(1)) with
            {
                Require = SinkGuarantee.ExactlyOnce,
            },
            Restart = RestartStrategy.Fixed(100, TimeSpan.Zero),
        });
    }

    private static async Task AssertEveryNumberIsThereOnceAsync(Schema schema)
    {
        Assert.Equal(
            [$"{Lines}|{Lines}|{Lines - 1}"],
            await schema.ReadAsync("SELECT count(*), count(DISTINCT number), max(number) FROM numbers"));
        Assert.Equal(
            [$"{Lines / 5}|5|5"], await schema.ReadAsync("SELECT count(*), min(value), max(value) FROM counts"));
    }
}
