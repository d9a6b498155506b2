using Npgsql;

namespace HashtagTracker.EndToEnd.Tests.Stores;

/// <summary>A PostgreSQL.</summary>
internal sealed class PostgresStore : Store
{
    private const string Variable = "HASHTAG_TRACKER_POSTGRES";

    private readonly string _connectionString;

    public PostgresStore(string connectionString)
    {
        _connectionString = connectionString;
        Environment.SetEnvironmentVariable(Variable, connectionString);
    }

    public override IReadOnlyList<string> Options { get; } = ["--sink", "postgres", "--postgres-env", Variable];

    public override async Task<IEnumerable<(string Window, string Tag, long Count)>> ReadAsync()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(_connectionString);
        await using NpgsqlCommand command = database.CreateCommand(
            "SELECT window_start, window_end, hashtag, count FROM hashtag_counts");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token);
        var rows = new List<(string, string, long)>();
        while (await reader.ReadAsync(token))
        {
            DateTime start = reader.GetDateTime(0);
            Assert.Equal(start.AddSeconds(WrittenPost.WindowSeconds), reader.GetDateTime(1));
            rows.Add((Recount.Text(new DateTimeOffset(start)), reader.GetString(2), reader.GetInt64(3)));
        }

        return rows;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
