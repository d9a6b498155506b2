namespace StreamKit.Kafka.Tests.Reading;

public sealed class MessageServerTests : TopicServerContract
{
    protected override KafkaReadPath Path => KafkaReadPath.Messages;
}
