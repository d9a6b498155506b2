using StreamKit.Checkpointing;
using StreamKit.Conformance;

namespace StreamKit.PostgreSql.Tests.Contracts;

public sealed class CheckpointStoreTests(SharedServer server) : CheckpointStoreContract, IAsyncLifetime
{
    private Schema? _schema;

    private Schema Schema => _schema ?? throw new InvalidOperationException("The test has not begun.");

    protected override ICheckpointStore CreateStore() => new PostgreSqlCheckpointStore(Schema.ConnectionString);

    public async ValueTask InitializeAsync() => _schema = await server.MakeSchemaAsync();

    public ValueTask DisposeAsync() => _schema?.DisposeAsync() ?? ValueTask.CompletedTask;
}
