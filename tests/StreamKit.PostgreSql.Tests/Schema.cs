using Npgsql;
using StreamKit.Servers;

namespace StreamKit.PostgreSql.Tests;

/// <summary>A schema of a server, and what a test does with it behind the back of the library.</summary>
public sealed class Schema : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private Schema(PostgreSqlServer server, string name)
    {
        (Server, Name) = (server, name);
        ConnectionString = $"{server.ConnectionString};Search Path={name}";
        _source = NpgsqlDataSource.Create($"{ConnectionString};Pooling=false");
    }

    public PostgreSqlServer Server { get; }

    public string Name { get; }

    /// <summary>Connects with the schema as the search path.</summary>
    public string ConnectionString { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Schema> MakeAsync(PostgreSqlServer server, string name)
    {
        var schema = new Schema(server, name);
        await schema.RunAsync($"CREATE SCHEMA {name}");
        return schema;
    }

    public async Task RunAsync(string statement)
    {
        await using NpgsqlCommand command = _source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Connects as one who may write to the tables that there are, and make none.</summary>
    public async Task<string> MakeRoleThatOnlyWritesAsync()
    {
        // Rights of the database as a whole; the superuser of the other tests has them whatever is said.
        await RunAsync(
            $"CREATE ROLE {Name}_role LOGIN; GRANT USAGE ON SCHEMA {Name} TO {Name}_role; "
            + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {Name} TO {Name}_role; "
            + "REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC");
        return $"{ConnectionString};Username={Name}_role";
    }

    /// <summary>
    /// Ends the connection that writes the next row to a table, so many times: before it commits, or at the row.
    /// </summary>
    public Task CutAtRowsOfAsync(string table, int times, bool atCommit = false) => RunAsync(
        $"""
        CREATE SEQUENCE {table}_cuts;
        CREATE FUNCTION {table}_cut() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF nextval('{table}_cuts') <= {times} THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
            RETURN NEW;
        END $$;
        CREATE CONSTRAINT TRIGGER {table}_cut AFTER INSERT ON {table}
        {(atCommit ? "DEFERRABLE INITIALLY DEFERRED" : "")} FOR EACH ROW EXECUTE FUNCTION {table}_cut()
        """);

    /// <summary>The rows of a query, each value as text.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string query)
    {
        await using NpgsqlCommand command = _source.CreateCommand(query);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            object[] values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join("|", values.Select(Text)));
        }

        return rows;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static string? Text(object? value) => value switch
    {
        null or DBNull => "null",
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", null),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        Array array => $"[{string.Join(",", array.Cast<object>().Select(Text))}]",
        _ => value.ToString(),
    };
}
