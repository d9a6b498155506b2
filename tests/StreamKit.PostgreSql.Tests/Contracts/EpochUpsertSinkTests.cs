using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.PostgreSql.Tests.Contracts;

/// <summary>Rows that replace each other, exactly once; here all keys differ, so none is replaced.</summary>
public sealed class EpochUpsertSinkTests(SharedServer server) : WriteAheadSinkContract<string>, IAsyncLifetime
{
    private Schema? _schema;

    // In the order of the alphabet, because rows of one transaction go in the order of their keys.
    protected override IReadOnlyList<string> Records { get; } = ["a", "b's", "c\n", "d"];

    private Schema Schema => _schema ?? throw new InvalidOperationException("The test has not begun.");

    protected override IWriteAheadSink<string> CreateSink() => Assert.IsType<IWriteAheadSink<string>>(
        PostgreSqlSink.Upsert(
            Schema.ConnectionString,
            "words",
            new PostgreSqlColumns<string>().Key("word", static word => word),
            new PostgreSqlSinkOptions { ExactlyOnce = true }),
        exactMatch: false);

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        Schema.ReadAsync("SELECT word FROM words ORDER BY id");

    public async ValueTask InitializeAsync()
    {
        _schema = await server.MakeSchemaAsync();
        await _schema.RunAsync("CREATE TABLE words (word text PRIMARY KEY, id bigserial)");
    }

    public ValueTask DisposeAsync() => _schema?.DisposeAsync() ?? ValueTask.CompletedTask;
}
