namespace StreamKit.Spilling;

/// <summary>Events that count something for keys in an order without locality: the worst that state can meet.</summary>
/// <param name="Events">How many.</param>
/// <param name="Keys">How many keys; each comes equally often.</param>
/// <param name="CapBytes">How much memory state may take.</param>
internal sealed record SpillLoad(long Events, long Keys, long CapBytes)
{
    /// <summary>The key of an event: every number below the number of keys, over and over, scattered.</summary>
    public long KeyOf(long index)
    {
        ulong key = (ulong)((index % Keys) + 1) * 0x9E3779B97F4A7C15;
        return (long)(key ^ (key >> 31));
    }

    /// <summary>What an event adds.</summary>
    public static long ValueOf(long index) => index & 0xFF;
}
