namespace StreamKit.Kafka.Tests.Reading;

public sealed class MessageContractTests : TopicContract
{
    protected override KafkaReadPath Path => KafkaReadPath.Messages;
}
