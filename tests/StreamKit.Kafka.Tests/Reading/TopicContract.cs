using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>What every source keeps to, for a topic of three partitions that is read to its end.</summary>
public abstract class TopicContract : SourceContract<string>, IDisposable
{
    private readonly KafkaCluster _cluster = new();
    private readonly string _topic;

    protected TopicContract()
    {
        _topic = _cluster.NewTopic(partitions: 3);
        _cluster.WriteNumbers(_topic, 0, 0, 5);
        _cluster.WriteNumbers(_topic, 2, 100, 4);
    }

    protected abstract KafkaReadPath Path { get; }

    protected override IReadOnlyList<string> Records { get; } =
        [.. Enumerable.Range(0, 5).Concat(Enumerable.Range(100, 4)).Select(KafkaCluster.TextOf)];

    public void Dispose()
    {
        _cluster.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override ISource<string> CreateSource() => Create(_topic, stopAtEnd: true);

    protected override ISource<string> CreateWaitingSource() => Create(_cluster.NewTopic(), stopAtEnd: false);

    private ISource<string> Create(string topic, bool stopAtEnd) => KafkaSource.Values(
        _cluster.Connection,
        topic,
        KafkaFormat.Utf8,
        new KafkaSourceOptions { StopAtEnd = stopAtEnd, Path = Path });
}
