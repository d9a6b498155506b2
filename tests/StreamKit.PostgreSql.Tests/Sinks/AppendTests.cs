using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.PostgreSql.Tests.Sinks;

public sealed class AppendTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PostgreSqlColumns<int> Numbers => new PostgreSqlColumns<int>().Column("number", static i => i);

    [Fact]
    public async Task AFullBatchIsCommittedAndTheRestWaits()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        ISink<int> sink = PostgreSqlSink.Append(
            schema.ConnectionString, "numbers", Numbers, new PostgreSqlSinkOptions { BatchRecords = 3 });
        await using SinkDriver<int> driver = await SinkDriver.OpenAsync(sink, cancellationToken: Token);
        await driver.WriteAsync([1, 2], Token);
        Assert.Empty(await schema.ReadAsync("SELECT * FROM numbers"));
        await driver.WriteAsync([3, 4, 5, 6, 7], Token);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], await schema.ReadAsync("SELECT number FROM numbers"));
        await driver.FlushAsync(Token);
        Assert.Equal(["7"], await schema.ReadAsync("SELECT number FROM numbers WHERE number > 6"));
    }

    [Fact]
    public async Task WhatHasWaitedLongEnoughIsCommittedWithWhatComesNext()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        var clock = new ImpatientClock();
        ISink<int> sink = PostgreSqlSink.Append(
            schema.ConnectionString,
            "numbers",
            Numbers,
            new PostgreSqlSinkOptions { BatchDelay = TimeSpan.FromSeconds(5) });
        await using SinkDriver<int> driver = await SinkDriver.OpenAsync(sink, clock, Token);
        await driver.WriteAsync([1], Token);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        await driver.WriteAsync([2], Token);
        Assert.Empty(await schema.ReadAsync("SELECT * FROM numbers"));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await driver.WriteAsync([3], Token);
        Assert.Equal(["1", "2", "3"], await schema.ReadAsync("SELECT number FROM numbers"));
    }

    [Fact]
    public async Task NamesMeanThemselvesWhateverTheyHold()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        const string Column = "a\"; DROP TABLE \"b";
        const string Table = "Möwe.\"x\"; --";
        await schema.RunAsync("CREATE SCHEMA \"My.Schema\"");
        ISink<int> sink = PostgreSqlSink.Append(
            schema.ConnectionString,
            "\"My.Schema\".\"Möwe.\"\"x\"\"; --\"",
            new PostgreSqlColumns<int>().Column(Column, static i => i).Column("select", static i => i));
        await using (SinkDriver<int> driver = await SinkDriver.OpenAsync(sink, cancellationToken: Token))
        {
            await driver.WriteAsync([1], Token);
        }

        string quoted = $"\"My.Schema\".\"{Table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Assert.Equal(
            ["1|1"],
            await schema.ReadAsync(
                $"SELECT \"{Column.Replace("\"", "\"\"", StringComparison.Ordinal)}\", \"select\" FROM {quoted}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a.b.c")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("\"\"")]
    [InlineData("a\"b")]
    [InlineData("a\0b")]
    [InlineData("a_name_of_64_bytes_which_the_server_would_cut_without_an_error_xx")]
    public void WhatNamesNoTableIsRefused(string table) => Assert.Throws<ArgumentException>(
        () => PostgreSqlSink.Append("Host=localhost", table, Numbers));

    [Fact]
    public void ColumnsThatDoNotFitTheVerbAreRefused()
    {
        Assert.Throws<ArgumentException>(
            () => PostgreSqlSink.Append("Host=localhost", "t", new PostgreSqlColumns<int>()));
        Assert.Throws<ArgumentException>(
            () => PostgreSqlSink.Append("Host=localhost", "t", new PostgreSqlColumns<int>().Key("a", static i => i)));
        Assert.Throws<ArgumentException>(
            () => PostgreSqlSink.Append("Host=localhost", "t", Numbers.DeleteWhen(static _ => true)));
        Assert.Throws<ArgumentException>(() => PostgreSqlSink.Upsert("Host=localhost", "t", Numbers));
        Assert.Throws<ArgumentException>(() => Numbers.Column("number", static i => i));
        Assert.Throws<ArgumentException>(() => Numbers.Column("", static i => i));
    }

    [Fact]
    public async Task TwoSinksMayMakeTheSameTableAtTheSameTime()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            ISink<int> sink = PostgreSqlSink.Append(schema.ConnectionString, "numbers", Numbers);
            await using SinkDriver<int> driver = await SinkDriver.OpenAsync(sink, cancellationToken: Token);
            await driver.WriteAsync([i], Token);
        }));
        Assert.Equal(["8"], await schema.ReadAsync("SELECT count(DISTINCT number) FROM numbers"));
    }

    [Fact]
    public async Task AProgramsOwnConnectionsAreUsedAndStayOpen()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using var source = Npgsql.NpgsqlDataSource.Create(schema.ConnectionString);
        foreach (int number in new[] { 1, 2 })
        {
            await using SinkDriver<int> driver = await SinkDriver.OpenAsync(
                PostgreSqlSink.Append(source, "numbers", Numbers), cancellationToken: Token);
            await driver.WriteAsync([number], Token);
        }

        await using Npgsql.NpgsqlCommand command = source.CreateCommand("SELECT sum(number) FROM numbers");
        Assert.Equal(3L, await command.ExecuteScalarAsync(Token));
    }
}
