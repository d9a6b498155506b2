namespace StreamKit.KafkaBench;

/// <summary>What is written: the clicks on a page in a window.</summary>
internal readonly record struct PageCount
{
    public int Page { get; init; }

    public long Start { get; init; }

    public long Clicks { get; init; }
}
