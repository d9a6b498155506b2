using StreamKit.Conformance;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Broken connections, places, bounds and disposal, for both paths.</summary>
public abstract class TopicServerContract : RemoteSourceContract<int>
{
    protected abstract KafkaReadPath Path { get; }

    protected override Task<SourceServer<int>> StartAsync(CancellationToken cancellationToken) =>
        Task.FromResult<SourceServer<int>>(new TopicServer(Path));
}
