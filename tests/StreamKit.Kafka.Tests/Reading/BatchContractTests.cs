namespace StreamKit.Kafka.Tests.Reading;

public sealed class BatchContractTests : TopicContract
{
    protected override KafkaReadPath Path => KafkaReadPath.Batches;
}
