namespace StreamKit.Windowing;

/// <summary>One window over all of event time, which closes at its end.</summary>
internal sealed class GlobalAssigner : SlicedAssigner
{
    private static readonly Window s_everything = Window.OfTicks(long.MinValue, long.MaxValue);

    public override bool IsPartition => true;

    internal override long GranularityTicks => long.MaxValue;

    public override Window SliceOf(long ticks) => s_everything;

    public override void AddWindowsOf(Window slice, List<Window> windows) => windows.Add(s_everything);
}
