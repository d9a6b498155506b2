using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests.Contracts;

/// <summary>
/// What a mock cluster can show of the transactional sink: what it writes, and that it finds its markers. Whether
/// brokers keep the promises of transactions, <see cref="BrokerTransactionalSinkTests"/> ask a real one.
/// </summary>
public sealed class MockTransactionalSinkTests : WriteAheadSinkContract<string>, IDisposable
{
    private readonly MockCluster _cluster = new();

    public MockTransactionalSinkTests()
    {
        _cluster.CreateTopic("words", 1);
        _cluster.CreateTopic("markers", 1);
    }

    protected override IReadOnlyList<string> Records { get; } = ["one", "it's two", "drei\n"];

    [Fact(Skip = "The mock cluster shuts out no producer: BrokerTransactionalSinkTests ask a real one.")]
    public override Task AnEpochIsThereOnceAlthoughARunThatWasGivenUpCommitsItToo() => Task.CompletedTask;

    protected override IWriteAheadSink<string> CreateSink() => Assert.IsType<IWriteAheadSink<string>>(
        KafkaSink.To(_cluster.Connection, "words", KafkaFormat.Utf8, new KafkaSinkOptions<string>
        {
            TransactionalId = "words-1",
            MarkerTopic = "markers",
        }),
        exactMatch: false);

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Topics.ReadText(_cluster.Connection, "words"), cancellationToken);

    public void Dispose() => _cluster.Dispose();
}
