using Confluent.Kafka;

namespace StreamKit.Kafka.Reading;

/// <summary>
/// Gets messages out of a client and puts them into the feeds of their partitions. Every call is made by the poll
/// thread: the client's own rules allow no other while a batch is being taken.
/// </summary>
internal interface IKafkaFetcher : IDisposable
{
    /// <summary>Waits for a message, and takes what else is there without waiting again.</summary>
    /// <param name="wait">How long to wait at most.</param>
    void Fetch(TimeSpan wait);

    /// <summary>Begins to read partitions, each from an offset.</summary>
    void Assign(IReadOnlyCollection<TopicPartitionOffset> partitions);

    /// <summary>Ends to read partitions; nothing more comes of them.</summary>
    void Unassign(IReadOnlyCollection<TopicPartition> partitions);

    /// <summary>Lets a partition rest; what was fetched of it and not taken is fetched again later.</summary>
    void Pause(TopicPartition partition);

    /// <summary>Goes on with a partition that rests.</summary>
    void Resume(TopicPartition partition);

    /// <summary>Goes on with a partition elsewhere, after the client has given it up where it was.</summary>
    void GoOnAt(TopicPartitionOffset position);

    /// <summary>The offset of the first message that a partition still has.</summary>
    /// <exception cref="KafkaException">The broker did not say.</exception>
    long FirstOffset(TopicPartition partition);
}
