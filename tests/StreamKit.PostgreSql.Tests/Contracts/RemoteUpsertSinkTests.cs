using StreamKit.Conformance;

namespace StreamKit.PostgreSql.Tests.Contracts;

public sealed class RemoteUpsertSinkTests : RemoteSinkContract<int>
{
    protected override async Task<SinkServer<int>> StartAsync(CancellationToken cancellationToken) =>
        await NumberServer.StartAsync(upserts: true, cancellationToken);
}
