using System.Buffers;
using System.Buffers.Binary;

namespace StreamKit.Kafka.Formats;

/// <summary>Four bytes, the most significant first.</summary>
internal sealed class BigEndian32Format : IKafkaFormat<int>
{
    public bool Serialize(int value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), value);
        output.Advance(sizeof(int));
        return true;
    }

    public int Deserialize(ReadOnlySpan<byte> data) => data.Length == sizeof(int)
        ? BinaryPrimitives.ReadInt32BigEndian(data)
        : throw new InvalidDataException($"A number of 4 bytes was expected; there are {data.Length}.");
}
