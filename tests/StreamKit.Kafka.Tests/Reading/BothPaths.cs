namespace StreamKit.Kafka.Tests.Reading;

/// <summary>The two ways in which messages come out of the client, for tests that hold for both.</summary>
public sealed class BothPaths : TheoryData<KafkaReadPath>
{
    public BothPaths() => AddRange(KafkaReadPath.Messages, KafkaReadPath.Batches);
}
