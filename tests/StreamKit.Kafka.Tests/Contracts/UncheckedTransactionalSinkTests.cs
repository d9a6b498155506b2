using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests.Contracts;

/// <summary>A transactional sink in a job without checkpoints.</summary>
public sealed class UncheckedTransactionalSinkTests : SinkContract<string>, IDisposable
{
    private readonly MockCluster _cluster = new();

    public UncheckedTransactionalSinkTests() => _cluster.CreateTopic("words", 1);

    protected override IReadOnlyList<string> Records { get; } = ["one", "it's two", "drei\n", ""];

    protected override ISink<string> CreateSink() => KafkaSink.To(
        _cluster.Connection, "words", KafkaFormat.Utf8, new KafkaSinkOptions<string> { TransactionalId = "words" });

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Topics.ReadText(_cluster.Connection, "words"), cancellationToken);

    public void Dispose() => _cluster.Dispose();
}
