using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.PostgreSql.Tests.Contracts;

public sealed class AppendSinkTests(SharedServer server) : SinkContract<Visit>, IAsyncLifetime
{
    private readonly VisitTable _table = new(server);

    protected override IReadOnlyList<Visit> Records => Visit.Several;

    protected override ISink<Visit> CreateSink() =>
        PostgreSqlSink.Append(_table.ConnectionString, "visits", Visit.Columns);

    protected override Task<IReadOnlyList<Visit>> ReadBackAsync(CancellationToken cancellationToken) =>
        _table.ReadAsync(cancellationToken);

    public ValueTask InitializeAsync() => _table.InitializeAsync();

    public ValueTask DisposeAsync() => _table.DisposeAsync();
}
