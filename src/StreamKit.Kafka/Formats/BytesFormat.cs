using System.Buffers;

namespace StreamKit.Kafka.Formats;

/// <summary>Bytes as they are.</summary>
internal sealed class BytesFormat : IKafkaFormat<byte[]>
{
    public bool Serialize(byte[] value, IBufferWriter<byte> output)
    {
        output.Write(value);
        return true;
    }

    public byte[] Deserialize(ReadOnlySpan<byte> data) => data.ToArray();
}
