using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests.Contracts;

public sealed class WordSinkTests : SinkContract<string>, IDisposable
{
    private readonly MockCluster _cluster = new();

    public WordSinkTests() => _cluster.CreateTopic("words", 1);

    protected override IReadOnlyList<string> Records { get; } = ["one", "it's two", "drei\n", ""];

    protected override ISink<string> CreateSink() =>
        KafkaSink.To(_cluster.Connection, "words", KafkaFormat.Utf8);

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Topics.ReadText(_cluster.Connection, "words"), cancellationToken);

    public void Dispose() => _cluster.Dispose();
}
