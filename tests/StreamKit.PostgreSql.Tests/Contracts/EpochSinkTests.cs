using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.PostgreSql.Tests.Contracts;

public sealed class EpochSinkTests(SharedServer server) : WriteAheadSinkContract<Visit>, IAsyncLifetime
{
    private readonly VisitTable _table = new(server);

    protected override IReadOnlyList<Visit> Records => Visit.Several;

    protected override IWriteAheadSink<Visit> CreateSink() => Assert.IsType<IWriteAheadSink<Visit>>(
        PostgreSqlSink.Append(
            _table.ConnectionString, "visits", Visit.Columns, new PostgreSqlSinkOptions { ExactlyOnce = true }),
        exactMatch: false);

    protected override Task<IReadOnlyList<Visit>> ReadBackAsync(CancellationToken cancellationToken) =>
        _table.ReadAsync(cancellationToken);

    public ValueTask InitializeAsync() => _table.InitializeAsync();

    public ValueTask DisposeAsync() => _table.DisposeAsync();
}
