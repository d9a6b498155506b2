namespace StreamKit.Twitter.Framing;

/// <summary>Where a line begins.</summary>
/// <param name="Number">Which line it is, counted from 1.</param>
/// <param name="Offset">How many bytes stand before it.</param>
internal readonly record struct LinePosition(long Number, long Offset)
{
    internal static LinePosition Start => new(1, 0);
}
