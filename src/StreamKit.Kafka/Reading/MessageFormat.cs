using System.Diagnostics.CodeAnalysis;

namespace StreamKit.Kafka.Reading;

/// <summary>The message is the record, with all that belongs to it.</summary>
internal sealed class MessageFormat<TKey, TValue>(IKafkaDeserializer<TKey> key, IKafkaDeserializer<TValue> value)
    : RecordFormat<TKey, TValue, KafkaRecord<TKey, TValue>>
{
    public override IKafkaDeserializer<TKey>? Key => key;

    public override IKafkaDeserializer<TValue> Value => value;

    public override bool NeedsAll => true;

    public override bool TryMake(
        in MessageInfo message,
        TKey? key,
        TValue? value,
        [MaybeNullWhen(false)] out KafkaRecord<TKey, TValue> record)
    {
        record = new KafkaRecord<TKey, TValue>
        {
            Topic = message.Topic,
            Partition = message.Partition,
            Offset = message.Offset,
            Timestamp = message.Timestamp,
            Key = key,
            HasKey = message.HasKey,
            Value = value,
            IsTombstone = !message.HasValue,
            Headers = message.Headers ?? [],
        };
        return true;
    }
}
