using StreamKit.Conformance;

namespace StreamKit.PostgreSql.Tests.Contracts;

public sealed class RemoteSinkTests : RemoteSinkContract<int>
{
    protected override async Task<SinkServer<int>> StartAsync(CancellationToken cancellationToken) =>
        await NumberServer.StartAsync(upserts: false, cancellationToken);
}
