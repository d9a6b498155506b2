using System.Globalization;
using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Servers;

namespace StreamKit.PostgreSql.Tests.Contracts;

/// <summary>A server of its own, with a table of numbers.</summary>
internal sealed class NumberServer : SinkServer<int>
{
    private const string Sinks = "sinks";

    private readonly PostgreSqlServer _server;
    private readonly bool _upserts;
    private readonly Schema _schema;

    private NumberServer(PostgreSqlServer server, Schema schema, bool upserts) =>
        (_server, _schema, _upserts) = (server, schema, upserts);

    public override string Place => $"127.0.0.1:{_server.Port}";

    public static async Task<NumberServer> StartAsync(bool upserts, CancellationToken cancellationToken)
    {
        PostgreSqlServer server = await PostgreSqlServer.StartAsync(cancellationToken);
        return new NumberServer(server, await Schema.MakeAsync(server, "numbers"), upserts);
    }

    public override ISink<int> CreateSink()
    {
        string connection = $"{_schema.ConnectionString};Password={Secret};Application Name={Sinks}";
        var options = new PostgreSqlSinkOptions { RetryFor = TimeSpan.FromSeconds(5) };
        return _upserts
            ? PostgreSqlSink.Upsert(
                connection, "numbers", new PostgreSqlColumns<int>().Key("number", static i => i), options)
            : PostgreSqlSink.Append(
                connection, "numbers", new PostgreSqlColumns<int>().Column("number", static i => i), options);
    }

    public override int RecordOf(int number) => number;

    public override async Task<IReadOnlyList<int>> ReadBackAsync(CancellationToken cancellationToken) =>
    [
        .. (await _schema.ReadAsync("SELECT number FROM numbers"))
            .Select(static number => int.Parse(number, CultureInfo.InvariantCulture)),
    ];

    public override Task BreakAsync(CancellationToken cancellationToken) => _schema.RunAsync(
        $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = '{Sinks}'");

    public override Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync();

    public override Task RestartAsync(CancellationToken cancellationToken) => _server.RestartAsync(cancellationToken);

    public override async Task<int> CountConnectionsAsync(CancellationToken cancellationToken) => int.Parse(
        (await _schema.ReadAsync($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{Sinks}'"))[0],
        CultureInfo.InvariantCulture);

    public override async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        await _server.DisposeAsync();
    }
}
