namespace StreamKit.State;

/// <summary>
/// The unit in which keyed state is placed, stored and moved: every key belongs to one group for ever.
/// </summary>
internal static class KeyGroups
{
    /// <summary>
    /// How many groups there are: enough to spread over many lanes, few enough that a snapshot
    /// of each is worth its header.
    /// </summary>
    public const int Count = 128;

    /// <summary>The group of a key, from the upper half of its hash.</summary>
    public static int GroupOf(ulong hash) => (int)(hash >> 32) & (Count - 1);

    /// <summary>The lane that owns a group when there are so many lanes; each owns one unbroken range.</summary>
    public static int LaneOf(int group, int lanes) => (int)((uint)(group * lanes) / Count);
}
