namespace StreamKit.Kafka;

/// <summary>One header of a message; a message may have several of one name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its bytes; null where it has none.</param>
public readonly record struct KafkaHeader(string Name, byte[]? Value);
