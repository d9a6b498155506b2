using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.PostgreSql.Tests.Contracts;

/// <summary>A sink that could write exactly once, in a job without checkpoints; batches of two.</summary>
public sealed class UncheckedEpochSinkTests(SharedServer server) : SinkContract<Visit>, IAsyncLifetime
{
    private readonly VisitTable _table = new(server);

    protected override IReadOnlyList<Visit> Records => Visit.Several;

    protected override ISink<Visit> CreateSink() => PostgreSqlSink.Append(
        _table.ConnectionString,
        "visits",
        Visit.Columns,
        new PostgreSqlSinkOptions { ExactlyOnce = true, BatchRecords = 2 });

    protected override Task<IReadOnlyList<Visit>> ReadBackAsync(CancellationToken cancellationToken) =>
        _table.ReadAsync(cancellationToken);

    public ValueTask InitializeAsync() => _table.InitializeAsync();

    public ValueTask DisposeAsync() => _table.DisposeAsync();
}
