namespace StreamKit.Operators;

/// <summary>A list that is being filled.</summary>
internal sealed class OpenList<TKey, T>(TKey key, ulong hash, long number, long due)
{
    public TKey Key { get; } = key;

    public ulong Hash { get; } = hash;

    /// <summary>How many lists were begun before it.</summary>
    public long Number { get; } = number;

    /// <summary>The instant of processing time at which it goes out, full or not.</summary>
    public long Due { get; } = due;

    public List<T> Records { get; } = [];

    public Extent Extent { get; set; } = Extent.None;
}
