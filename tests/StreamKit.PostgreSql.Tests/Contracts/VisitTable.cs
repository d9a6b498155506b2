using Npgsql;

namespace StreamKit.PostgreSql.Tests.Contracts;

/// <summary>The table of a contract's test, made when it is first needed.</summary>
internal sealed class VisitTable(SharedServer server) : IAsyncLifetime
{
    private Schema? _schema;

    public string ConnectionString => Schema.ConnectionString;

    private Schema Schema => _schema ?? throw new InvalidOperationException("The test has not begun.");

    public async ValueTask InitializeAsync()
    {
        _schema = await server.MakeSchemaAsync();

        // A number of its own tells in which order rows came.
        await _schema.RunAsync(
            "CREATE TABLE visits (id bigserial, page text NOT NULL, at timestamptz, milliseconds double precision)");
    }

    public async Task<IReadOnlyList<Visit>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using NpgsqlCommand command =
            source.CreateCommand("SELECT page, at, milliseconds FROM visits ORDER BY id");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var visits = new List<Visit>();
        while (await reader.ReadAsync(cancellationToken))
        {
            visits.Add(Visit.From(
                reader.GetString(0),
                reader.GetDateTime(1),
                await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetDouble(2)));
        }

        return visits;
    }

    public ValueTask DisposeAsync() => _schema?.DisposeAsync() ?? ValueTask.CompletedTask;
}
