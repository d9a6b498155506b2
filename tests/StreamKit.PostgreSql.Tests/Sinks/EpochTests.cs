using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Connectors;

namespace StreamKit.PostgreSql.Tests.Sinks;

public sealed class EpochTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEpochWhoseCommitWasNotAnsweredIsThereOnce()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using var proxy = new CuttingProxy(schema.Server.Port);
        var clock = new ImpatientClock();
        await using IWriteAheadSinkWriter<int> writer =
            await OpenAsync($"{schema.ConnectionString};Port={proxy.Port}", clock: clock);
        await CommitAsync(writer, 1, 1, 2);
        proxy.CutAt("COMMIT");
        await CommitAsync(writer, 2, 3, 4);
        Assert.Equal(1, proxy.Cuts);
        await CommitAsync(writer, 3, 5);
        Assert.Equal(["1", "2", "3", "4", "5"], await schema.ReadAsync("SELECT number FROM numbers ORDER BY number"));
        Assert.Equal(3, await writer.FindLastEpochAsync(Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnEpochWhoseConnectionIsLostIsWrittenAgainAsAWhole(bool atCommit)
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using IWriteAheadSinkWriter<int> writer =
            await OpenAsync(schema.ConnectionString, clock: new ImpatientClock());
        await CommitAsync(writer, 1, 1);
        await schema.CutAtRowsOfAsync("numbers", times: 1, atCommit);
        await CommitAsync(writer, 2, 2, 3);
        Assert.Equal(["1", "2", "3"], await schema.ReadAsync("SELECT number FROM numbers ORDER BY number"));
    }

    [Fact]
    public async Task OfTwoRunsThatCommitOneEpochAtTheSameTimeOneWrites()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using IWriteAheadSinkWriter<int> old = await OpenAsync(schema.ConnectionString);
        await using IWriteAheadSinkWriter<int> next = await OpenAsync(schema.ConnectionString);
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            await Task.WhenAll(
                CommitAsync(old, epoch, epoch).AsTask(), CommitAsync(next, epoch, epoch).AsTask());
        }

        Assert.Equal(
            ["20|20"], await schema.ReadAsync("SELECT count(*), count(DISTINCT number) FROM numbers"));
    }

    [Fact]
    public async Task AnEpochThatDoesNotFollowIsRefusedAndWritesNothing()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync(schema.ConnectionString);
        await CommitAsync(writer, 1, 1);
        foreach (long epoch in new long[] { 3, 0 })
        {
            InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
                async () => await CommitAsync(writer, epoch, 9));
            Assert.Contains("cannot follow epoch 1", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["1"], await schema.ReadAsync("SELECT number FROM numbers"));
        Assert.Equal(1, await writer.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task PipelinesAndSinksHaveMarkersOfTheirOwnBesideTheTable()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using IWriteAheadSinkWriter<int> one = await OpenAsync(schema.ConnectionString, "it's one", "results");
        await using IWriteAheadSinkWriter<int> two = await OpenAsync(schema.ConnectionString, "two", "results");
        await using IWriteAheadSinkWriter<int> three = await OpenAsync(schema.ConnectionString, "two", "others");
        await CommitAsync(one, 1, 1);
        await CommitAsync(one, 2, 2);
        await CommitAsync(two, 1, 3);
        Assert.Equal(
            ["it's one|results|2", "two|others|0", "two|results|1"],
            await schema.ReadAsync($"SELECT * FROM {schema.Name}.streamkit_epoch ORDER BY pipeline, sink"));
    }

    [Fact]
    public async Task AMarkerThatSomebodyDeletedIsMissed()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using IWriteAheadSinkWriter<int> writer = await OpenAsync(schema.ConnectionString);
        await schema.RunAsync("DELETE FROM streamkit_epoch");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await CommitAsync(writer, 1, 1));
        Assert.Empty(await schema.ReadAsync("SELECT * FROM numbers"));
    }

    private static ValueTask CommitAsync(IWriteAheadSinkWriter<int> writer, long epoch, params int[] records) =>
        writer.CommitAsync(epoch, new SinkBatch<int>(records, new long[records.Length]), Token);

    private static async Task<IWriteAheadSinkWriter<int>> OpenAsync(
        string connection, string pipeline = "pipeline", string sink = "sink", TimeProvider? clock = null)
    {
        var context = new SinkContext(sink, clock ?? TimeProvider.System, NullLogger.Instance)
        {
            Pipeline = pipeline,
            HasCheckpoints = true,
        };
        ISink<int> numbers = PostgreSqlSink.Append(
            connection,
            "numbers",
            new PostgreSqlColumns<int>().Column("number", static i => i),
            new PostgreSqlSinkOptions { ExactlyOnce = true });
        return Assert.IsType<IWriteAheadSinkWriter<int>>(await numbers.OpenAsync(context, Token), exactMatch: false);
    }
}
