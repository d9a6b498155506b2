using System.Diagnostics.CodeAnalysis;

namespace StreamKit.Kafka.Reading;

/// <summary>The value alone is the record.</summary>
internal sealed class ValueFormat<T>(IKafkaDeserializer<T> value, KafkaTombstones tombstones)
    : RecordFormat<NoKey, T, T>
{
    public override IKafkaDeserializer<NoKey>? Key => null;

    public override IKafkaDeserializer<T> Value => value;

    public override bool NeedsAll => false;

    public override bool TryMake(in MessageInfo message, NoKey key, T? value, [MaybeNullWhen(false)] out T record)
    {
        record = value;
        return message.HasValue || (tombstones == KafkaTombstones.Skip
            ? false
            : throw new InvalidDataException(
                "The message has no value (a tombstone): read KafkaSource.Records, or set "
                + "KafkaSourceOptions.Tombstones."));
    }
}
