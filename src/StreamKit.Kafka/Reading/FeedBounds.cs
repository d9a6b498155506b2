namespace StreamKit.Kafka.Reading;

/// <summary>How much may wait for the pipeline; each partition that is read has an equal share.</summary>
/// <remarks>
/// Shares, and not one pot: a partition that is held back for the sake of the others would fill the pot, and the others
/// could not go on. They change on the poll thread, when partitions come and go.
/// </remarks>
internal sealed class FeedBounds(int records, long bytes)
{
    private volatile int _feeds = 1;

    /// <summary>How many records one partition may have waiting.</summary>
    public int Records => Math.Max(1, records / _feeds);

    /// <summary>How many bytes of messages one partition may have waiting.</summary>
    public long Bytes => Math.Max(1, bytes / _feeds);

    /// <summary>How many messages may come at once, so that what comes still fits.</summary>
    public int Batch => Math.Clamp(Records / 4, 1, LargestBatch);

    /// <summary>The most messages that may ever come at once; one where they come one at a time.</summary>
    public int LargestBatch { get; init; } = 1;

    public void Share(int feeds) => _feeds = Math.Max(1, feeds);
}
