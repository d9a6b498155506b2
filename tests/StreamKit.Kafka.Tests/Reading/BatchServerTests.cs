namespace StreamKit.Kafka.Tests.Reading;

public sealed class BatchServerTests : TopicServerContract
{
    protected override KafkaReadPath Path => KafkaReadPath.Batches;
}
