namespace StreamKit.Kafka;

/// <summary>Reads a key or a value of Kafka.</summary>
/// <typeparam name="T">What is made of it.</typeparam>
/// <remarks>
/// <see cref="KafkaFormat"/> has those that everyday programs need. Partitions may be read by several threads at a
/// time, so one object keeps nothing between calls that two of them could meet in.
/// </remarks>
public interface IKafkaDeserializer<out T>
{
    /// <summary>Makes a value of its bytes.</summary>
    /// <param name="data">The bytes, valid during the call only. Kafka's null never comes here.</param>
    /// <exception cref="Exception">The bytes mean nothing; they go to the job's error policy.</exception>
    T Deserialize(ReadOnlySpan<byte> data);
}
