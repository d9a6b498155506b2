namespace StreamKit.Kafka.Reading;

/// <summary>How much may wait for the pipeline; each partition that is read has an equal share.</summary>
/// <remarks>
/// Shares, and not one pot: a partition that is held back for the sake of the others would fill the pot, and the others
/// could not go on. When a partition comes, the others keep what they have and get nothing new until they are within
/// their share.
/// </remarks>
internal sealed class FeedBounds(int records, long bytes)
{
    private int _members;

    /// <summary>How many records one partition may have waiting.</summary>
    public int Records => Math.Max(1, records / Members);

    /// <summary>How many bytes of messages one partition may have waiting.</summary>
    public long Bytes => Math.Max(1, bytes / Members);

    /// <summary>How many messages may come at once, so that what comes still fits.</summary>
    public int Batch => Math.Clamp(Records / 4, 1, LargestBatch);

    /// <summary>The most messages that may ever come at once; one where they come one at a time.</summary>
    public int LargestBatch { get; init; } = 1;

    private int Members => Math.Max(1, Volatile.Read(ref _members));

    /// <summary>Counts one more partition that may be read; any thread.</summary>
    public void Join() => Interlocked.Increment(ref _members);

    /// <summary>Counts one less; any thread.</summary>
    public void Leave() => Interlocked.Decrement(ref _members);
}
