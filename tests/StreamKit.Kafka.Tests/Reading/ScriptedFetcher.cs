using System.Collections.Concurrent;
using Confluent.Kafka;
using StreamKit.Kafka.Reading;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>
/// Has a message for every partition that is not paused each time that it is asked, and writes down the rest.
/// </summary>
internal sealed class ScriptedFetcher(FeedTable<int> feeds) : IKafkaFetcher
{
    private readonly HashSet<TopicPartition> _paused = [];
    private int _offset;

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>What a fetch throws; null: it does not.</summary>
    public Exception? Failure { get; init; }

    public void Fetch(TimeSpan wait)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        foreach (PartitionFeed<int> feed in feeds.All.Where(feed => !_paused.Contains(feed.Name)))
        {
            feeds.Take(feed, Fetched<int>.Record(_offset, _offset++, bytes: 1));
        }
    }

    public void Assign(IReadOnlyCollection<TopicPartitionOffset> partitions) => Log.Enqueue("assign");

    public void Unassign(IReadOnlyCollection<TopicPartition> partitions) => Log.Enqueue("unassign");

    public void Pause(TopicPartition partition)
    {
        Log.Enqueue("pause");
        _paused.Add(partition);
    }

    public void Resume(TopicPartition partition)
    {
        Log.Enqueue("resume");
        _paused.Remove(partition);
    }

    public void GoOnAt(TopicPartitionOffset position) => Log.Enqueue("goes on");

    public long FirstOffset(TopicPartition partition) => 0;

    public void Dispose() => Log.Enqueue("dispose");
}
