using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>What one look into a feed brought.</summary>
internal readonly struct FeedTaking
{
    // What was reported waits until the read returns, so it must not become much.
    private const int MaxReportsPerRead = 100;

    /// <summary>The offset to go on from; negative where nothing was taken.</summary>
    public long Next { get; private init; }

    /// <summary>How many messages were no records and were reported.</summary>
    public int Reports { get; private init; }

    /// <summary>Whether the end was taken.</summary>
    public bool HasEnded { get; private init; }

    /// <summary>Fills a buffer with what is there.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="buffer">Where records go.</param>
    /// <param name="context">Where bad ones go.</param>
    /// <param name="from">Messages before this offset are passed over, for they were read before.</param>
    public static FeedTaking Of<T>(
        PartitionFeed<T> feed, RecordBuffer<T> buffer, SourceContext<T> context, long from = 0)
    {
        long next = -1;
        int reports = 0;
        while (!buffer.IsFull && reports < MaxReportsPerRead && feed.TryTake(out Fetched<T> item))
        {
            if (item.Next <= from)
            {
                continue;
            }

            if (item.Instead == PartitionFeed<T>.End)
            {
                return new FeedTaking { Next = next, Reports = reports, HasEnded = true };
            }

            next = item.Next;
            if (item.Instead is null)
            {
                buffer.Add(item.Value!); // A record, as nothing stands in its place.
            }
            else if (item.Instead is BadRecord bad)
            {
                reports++;
                context.Report(bad);
            }
        }

        return new FeedTaking { Next = next, Reports = reports };
    }
}
