using System.Buffers;

namespace StreamKit.Kafka.Tests;

/// <summary>A value of 200,000 bytes, of which the first is the number.</summary>
internal sealed class LargeValue : IKafkaSerializer<int>
{
    public const int Bytes = 200_000;

    public bool Serialize(int value, IBufferWriter<byte> output)
    {
        Span<byte> bytes = output.GetSpan(Bytes)[..Bytes];
        bytes.Clear();
        bytes[0] = (byte)value;
        output.Advance(Bytes);
        return true;
    }
}
