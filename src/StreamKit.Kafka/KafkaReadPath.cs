namespace StreamKit.Kafka;

/// <summary>How messages come out of the client.</summary>
public enum KafkaReadPath
{
    /// <summary>One at a time, through the client's public interface.</summary>
    Messages,

    /// <summary>
    /// In batches from librdkafka itself, without an object per message: several times as fast. Where this process
    /// cannot call the library so, the source says so in the log and reads one at a time.
    /// </summary>
    Batches,
}
