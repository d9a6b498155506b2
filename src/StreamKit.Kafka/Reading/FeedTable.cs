namespace StreamKit.Kafka.Reading;

/// <summary>The feeds of the partitions that are being read; belongs to the poll thread.</summary>
internal sealed class FeedTable<T>(FeedBounds bounds)
{
    private readonly Dictionary<(string Topic, int Partition), PartitionFeed<T>> _feeds = [];
    private readonly List<PartitionFeed<T>> _touched = [];

    public FeedBounds Bounds => bounds;

    public IReadOnlyCollection<PartitionFeed<T>> All => _feeds.Values;

    /// <summary>The feeds that have no room, in the order in which they ran full.</summary>
    public List<PartitionFeed<T>> Full { get; } = [];

    public void Add(PartitionFeed<T> feed) => _feeds.Add((feed.Topic, feed.Partition), feed);

    /// <summary>Takes a feed out; false where another one has its place, or none.</summary>
    public bool Remove(PartitionFeed<T> feed)
    {
        if (Find(feed.Topic, feed.Partition) != feed)
        {
            return false;
        }

        _feeds.Remove((feed.Topic, feed.Partition));
        Full.Remove(feed);
        return true;
    }

    /// <summary>The feed of a partition; null where what comes from it has come too late to be wanted.</summary>
    public PartitionFeed<T>? Find(string topic, int partition) => _feeds.GetValueOrDefault((topic, partition));

    public void Take(PartitionFeed<T> feed, in Fetched<T> item)
    {
        feed.Add(item);
        Touch(feed);
        if (!feed.IsFull && feed.HasNoRoom)
        {
            feed.IsFull = true;
            Full.Add(feed);
        }
    }

    public void Reach(PartitionFeed<T> feed, long offset)
    {
        feed.Reach(offset);
        Touch(feed);
    }

    /// <summary>Tells the readers of what has come since the last time.</summary>
    public void Publish()
    {
        foreach (PartitionFeed<T> feed in _touched)
        {
            feed.Publish();
        }

        _touched.Clear();
    }

    private void Touch(PartitionFeed<T> feed)
    {
        if (!feed.IsTouched)
        {
            feed.IsTouched = true;
            _touched.Add(feed);
        }
    }
}
