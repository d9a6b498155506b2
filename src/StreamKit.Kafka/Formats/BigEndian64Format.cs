using System.Buffers;
using System.Buffers.Binary;

namespace StreamKit.Kafka.Formats;

/// <summary>Eight bytes, the most significant first.</summary>
internal sealed class BigEndian64Format : IKafkaFormat<long>
{
    public bool Serialize(long value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
        return true;
    }

    public long Deserialize(ReadOnlySpan<byte> data) => data.Length == sizeof(long)
        ? BinaryPrimitives.ReadInt64BigEndian(data)
        : throw new InvalidDataException($"A number of 8 bytes was expected; there are {data.Length}.");
}
