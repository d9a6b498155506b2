using System.Buffers;

namespace StreamKit.Kafka.Formats;

/// <summary>Writes a part of a record.</summary>
internal sealed class PartSerializer<T, TPart>(IKafkaSerializer<TPart> serializer, Func<T, TPart?> part)
    : IKafkaSerializer<T>
    where TPart : notnull
{
    public bool Serialize(T value, IBufferWriter<byte> output) =>
        part(value) is { } found && serializer.Serialize(found, output);
}
