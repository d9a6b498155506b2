using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>What a group tells its member; called by the poll thread, from within a fetch.</summary>
internal interface IGroupEvents
{
    /// <summary>Partitions have come; says where each is read from.</summary>
    IEnumerable<TopicPartitionOffset> OnAssigned(List<TopicPartition> partitions);

    /// <summary>Partitions go to other members as soon as this returns.</summary>
    void OnRevoked(List<TopicPartitionOffset> partitions);

    /// <summary>Partitions have gone to other members already.</summary>
    void OnLost(List<TopicPartitionOffset> partitions);
}
