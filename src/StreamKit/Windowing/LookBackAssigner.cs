namespace StreamKit.Windowing;

/// <summary>Per record, the stretch of event time that ends with it.</summary>
internal sealed class LookBackAssigner(long length) : WindowAssigner
{
    /// <summary>How far back a record looks: a record exactly so much older is out.</summary>
    public long Length { get; } = length;

    internal override long GranularityTicks => 0;

    /// <summary>What a record of an instant looks back on, its own instant included.</summary>
    public Window WindowOf(long ticks) => Window.OfTicks(Time.TickMath.Add(ticks, -Length) + 1, ticks + 1);
}
