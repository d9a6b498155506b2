using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests.Contracts;

/// <summary>The transactional sink on a real broker; skipped aloud, also in the check, where none is named.</summary>
public sealed class BrokerTransactionalSinkTests : WriteAheadSinkContract<string>, IAsyncLifetime
{
    private readonly string _id = $"streamkit-test-{Guid.NewGuid():N}";
    private KafkaConnection _connection = new("nobody:0");
    private string _topic = "";

    protected override IReadOnlyList<string> Records { get; } = ["one", "it's two", "drei\n"];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RealCluster.Connection is null, RealCluster.Missing);
        _connection = RealCluster.Connection;
        _topic = await RealCluster.CreateTopicAsync(_connection, partitions: 1);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IWriteAheadSink<string> CreateSink() => Assert.IsType<IWriteAheadSink<string>>(
        KafkaSink.To(_connection, _topic, KafkaFormat.Utf8, new KafkaSinkOptions<string>
        {
            TransactionalId = _id,
            MarkerTopic = $"{_id}-markers", // Made by the sink.
        }),
        exactMatch: false);

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Topics.ReadText(_connection, _topic), cancellationToken);
}
