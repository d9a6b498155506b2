namespace StreamKit.Kafka.Tests.Reading;

/// <summary>Counts what was made of messages, whoever has it now.</summary>
internal sealed class CountedFormat : IKafkaDeserializer<int>
{
    private readonly NumberFormat _numbers = new();
    private long _decoded;

    public long Decoded => Volatile.Read(ref _decoded);

    public int Deserialize(ReadOnlySpan<byte> data)
    {
        Interlocked.Increment(ref _decoded);
        return _numbers.Deserialize(data);
    }
}
