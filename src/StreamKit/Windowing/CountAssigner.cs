namespace StreamKit.Windowing;

/// <summary>Per key, windows of so many records in the order in which they arrive, one every so many records.</summary>
internal sealed class CountAssigner(int size, int every, PartialWindows partial) : WindowAssigner
{
    /// <summary>How many records a window has.</summary>
    public int Size { get; } = size;

    /// <summary>How many records lie between the ends of two windows.</summary>
    public int Every { get; } = every;

    public PartialWindows Partial { get; } = partial;

    /// <summary>Whether a record can be in several windows.</summary>
    public bool Overlaps => Size > Every;

    // Only the end of the stream matters.
    internal override long GranularityTicks => long.MaxValue;
}
