namespace StreamKit.Kafka;

/// <summary>A form of keys or values that can be written and read.</summary>
/// <typeparam name="T">What is written and read.</typeparam>
public interface IKafkaFormat<T> : IKafkaSerializer<T>, IKafkaDeserializer<T>;
