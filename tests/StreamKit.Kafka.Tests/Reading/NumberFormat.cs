using System.Globalization;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Numbers as text.</summary>
internal sealed class NumberFormat : IKafkaDeserializer<int>
{
    public int Deserialize(ReadOnlySpan<byte> data) => int.Parse(data, CultureInfo.InvariantCulture);
}
