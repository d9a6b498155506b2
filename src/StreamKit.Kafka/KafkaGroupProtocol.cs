namespace StreamKit.Kafka;

/// <summary>How the members of a group share the partitions among them.</summary>
public enum KafkaGroupProtocol
{
    /// <summary>
    /// The members agree (cooperative-sticky): partitions that stay where they are go on being read. Every broker that
    /// is not ancient can do it.
    /// </summary>
    Cooperative,

    /// <summary>
    /// The brokers decide (KIP-848, group.protocol=consumer), in one step where the members need several. Brokers of
    /// version 4.0 or later.
    /// </summary>
    Broker,
}
