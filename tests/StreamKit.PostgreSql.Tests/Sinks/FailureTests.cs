using StreamKit.Connectors;
using StreamKit.Servers;
using StreamKit.Testing;

namespace StreamKit.PostgreSql.Tests.Sinks;

public sealed class FailureTests(SharedServer server)
{
    private const string Secret = "s3cr3t";

    private static readonly PostgreSqlSinkOptions s_atOnce = new() { RetryFor = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PostgreSqlColumns<int> Numbers => new PostgreSqlColumns<int>().Column("number", static i => i);

    [Fact]
    public async Task AServerThatIsAwayIsWaitedForLongerAndLongerAndThenNamed()
    {
        var clock = new ImpatientClock();
        var log = new LogLines();
        int port = Loopback.FreePort();
        ISink<int> sink = PostgreSqlSink.Append(
            $"Host=127.0.0.1;Port={port};Database=stats;Username=me;Password={Secret}", "numbers", Numbers);
        IOException failure = await Assert.ThrowsAsync<IOException>(
            async () => await sink.OpenAsync(new SinkContext("sink", clock, log), Token));
        Assert.Contains($"database 'stats' at 127.0.0.1:{port}", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000, 3700],
            clock.Waits.Select(static wait => wait.TotalMilliseconds));
        Assert.Equal(11, log.Lines.Count);
        Assert.All(log.Lines, line =>
        {
            Assert.StartsWith("Warning: database 'stats'", line, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task AServerThatComesBackIsTakenUpAgainAndNothingIsLost()
    {
        await using PostgreSqlServer own = await PostgreSqlServer.StartAsync(Token);
        await using Schema schema = await Schema.MakeAsync(own, "restarted");
        var log = new LogLines();
        ISink<int> sink = PostgreSqlSink.Append(schema.ConnectionString, "numbers", Numbers);
        await using ISinkWriter<int> writer =
            await sink.OpenAsync(new SinkContext("sink", TimeProvider.System, log), Token);
        await WriteAsync(writer, 1);
        await own.RestartAsync(Token);
        await WriteAsync(writer, 2);
        await own.StopAsync();
        Task third = WriteAsync(writer, 3);
        await own.RestartAsync(Token);
        await third;
        Assert.Equal(["1", "2", "3"], await schema.ReadAsync("SELECT number FROM numbers ORDER BY number"));
        Assert.Contains(log.Lines, static line => line.Contains("is there again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AConnectionThatIsLostBeforeTheCommitCostsNothing(bool atCommit)
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await schema.RunAsync("CREATE TABLE numbers (number integer)");
        await schema.CutAtRowsOfAsync("numbers", times: 2, atCommit);
        var clock = new ImpatientClock();
        ISink<int> sink = PostgreSqlSink.Append(schema.ConnectionString, "numbers", Numbers);
        await using (SinkDriver<int> driver = await SinkDriver.OpenAsync(sink, clock, Token))
        {
            await driver.WriteAsync([1, 2, 3], Token);
            await driver.FlushAsync(Token);
        }

        Assert.Equal(2, clock.Waits.Count(static wait => wait < TimeSpan.FromSeconds(1)));
        Assert.Equal(["1", "2", "3"], await schema.ReadAsync("SELECT number FROM numbers ORDER BY number"));
    }

    [Fact]
    public async Task AWriterThatIsDisposedDoesNotWaitForAServerThatIsAway()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        var clock = new ImpatientClock();
        SinkDriver<int> driver;
        await using (var proxy = new CuttingProxy(schema.Server.Port))
        {
            driver = await SinkDriver.OpenAsync(
                PostgreSqlSink.Append($"{schema.ConnectionString};Port={proxy.Port}", "numbers", Numbers),
                clock,
                Token);
            await driver.WriteAsync([1], Token);
        }

        await Assert.ThrowsAsync<IOException>(async () => await driver.DisposeAsync());
        await driver.DisposeAsync();
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task WhereTheTablesAreThereTheRightToWriteIsEnough()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        ISink<int>[] Sinks(string connection)
        {
            var exactly = new PostgreSqlSinkOptions { ExactlyOnce = true };
            return
            [
                PostgreSqlSink.Append(connection, "appended", Numbers, exactly),
                PostgreSqlSink.Upsert(
                    connection, "upserted", new PostgreSqlColumns<int>().Key("number", static i => i), exactly),
            ];
        }

        async Task CommitAsync(string connection, long epoch)
        {
            foreach (ISink<int> sink in Sinks(connection))
            {
                var context = new SinkContext("sink of " + sink.Mode, TimeProvider.System, new LogLines())
                {
                    HasCheckpoints = true,
                };
                await using var writer = (IWriteAheadSinkWriter<int>)await sink.OpenAsync(context, Token);
                await writer.CommitAsync(epoch, new SinkBatch<int>(new[] { (int)epoch }, new long[1]), Token);
            }
        }

        await CommitAsync(schema.ConnectionString, 1);
        await CommitAsync(await schema.MakeRoleThatOnlyWritesAsync(), 2);
        Assert.Equal(["1", "2"], await schema.ReadAsync("SELECT number FROM appended ORDER BY number"));
        Assert.Equal(["1", "2"], await schema.ReadAsync("SELECT number FROM upserted ORDER BY number"));
    }

    [Fact]
    public async Task ATableThatIsMissingIsNamedWhereItIsNotToBeMade()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await AssertRefusedAsync(
            PostgreSqlSink.Append(schema.ConnectionString, "Visits", Numbers, s_atOnce with { CreateTable = false }),
            "no table 'Visits'",
            "CreateTable");
    }

    [Fact]
    public async Task AColumnThatIsMissingIsNamedWithThoseThatAreThere()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await schema.RunAsync("CREATE TABLE numbers (\"Number\" integer, other text)");
        await AssertRefusedAsync(
            PostgreSqlSink.Append(schema.ConnectionString, "numbers", Numbers, s_atOnce),
            "no column 'number'",
            "Number, other");
    }

    [Fact]
    public async Task ATableThatCannotTellItsRowsApartIsRefusedBeforeAnyRecordComes()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await schema.RunAsync("CREATE TABLE numbers (number integer, other integer, PRIMARY KEY (number, other))");
        await AssertRefusedAsync(
            PostgreSqlSink.Upsert(
                schema.ConnectionString,
                "numbers",
                new PostgreSqlColumns<int>().Key("number", static i => i),
                s_atOnce),
            "no primary key or unique index on exactly (\"number\")");
    }

    [Fact]
    public async Task ASchemaThatIsMissingIsNamed()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await AssertRefusedAsync(
            PostgreSqlSink.Append(schema.ConnectionString, "nowhere.numbers", Numbers, s_atOnce),
            "schema \"nowhere\" does not exist",
            "3F000");
    }

    [Fact]
    public async Task AValueThatTheTableRefusesFailsTheSinkAndIsNotTriedAgain()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await schema.RunAsync("CREATE TABLE numbers (number integer CHECK (number < 10))");
        var clock = new ImpatientClock();
        SinkDriver<int> driver = await SinkDriver.OpenAsync(
            PostgreSqlSink.Append(schema.ConnectionString, "numbers", Numbers), clock, Token);
        await driver.WriteAsync([1, 10], Token);
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await driver.FlushAsync(Token));
        Assert.Contains("numbers_number_check", failure.Message, StringComparison.Ordinal);
        await driver.DisposeAsync();
        Assert.DoesNotContain(clock.Waits, static wait => wait < TimeSpan.FromSeconds(1));
        Assert.Empty(await schema.ReadAsync("SELECT * FROM numbers"));
    }

    [Fact]
    public void AConnectionStringThatCannotBeReadIsNotRepeated()
    {
        foreach (string odd in new[]
        {
            $"Host=localhost;Password=a;{Secret}", $"Host=localhost;Port={Secret}", $"{Secret}", $"Password={Secret}",
        })
        {
            ArgumentException failure =
                Assert.Throws<ArgumentException>(() => PostgreSqlSink.Append(odd, "numbers", Numbers));
            Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OptionsOutsideTheirRangesAreRefused()
    {
        foreach (PostgreSqlSinkOptions options in new PostgreSqlSinkOptions[]
        {
            new() { BatchRecords = 0 },
            new() { BatchRecords = 1_000_001 },
            new() { BatchDelay = TimeSpan.FromTicks(-1) },
            new() { RetryFor = TimeSpan.FromTicks(-1) },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                () => PostgreSqlSink.Append("Host=localhost", "numbers", Numbers, options));
        }
    }

    private static async Task AssertRefusedAsync<T>(ISink<T> sink, params string[] words)
    {
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await SinkDriver.OpenAsync(sink, cancellationToken: Token));
        Assert.All(words, word => Assert.Contains(word, failure.Message, StringComparison.Ordinal));
    }

    private static async Task WriteAsync(ISinkWriter<int> writer, int number)
    {
        await writer.WriteAsync(new SinkBatch<int>(new[] { number }, new long[1]), Token);
        await writer.FlushAsync(Token);
    }
}
