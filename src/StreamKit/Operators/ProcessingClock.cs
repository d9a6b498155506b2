using StreamKit.Serialization;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// Processing time as windows see it: it never goes back, and has instants at which something can end.
/// </summary>
internal sealed class ProcessingClock(WindowAssigner assigner, SubtaskClock clock)
{
    // Where nothing says when windows end, whoever merges this lane with others still hears from it so often.
    private const long PulseTicks = TimeSpan.TicksPerSecond;

    /// <summary>The latest instant that the windows were told; <see cref="long.MinValue"/> before the first.</summary>
    public long Told { get; private set; } = long.MinValue;

    /// <summary>The latest instant that was read.</summary>
    public long Now { get; private set; } = long.MinValue;

    /// <summary>Reads the clock; where it was set back, time stands.</summary>
    public long Read() => Now = Math.Max(Now, clock.Now);

    /// <summary>Notes that the windows are told what time it is.</summary>
    public void Tell() => Told = Now;

    public void Write(ref StateWriter writer)
    {
        writer.Write(Told);
        writer.Write(Now);
    }

    /// <summary>
    /// Reads what <see cref="Write"/> wrote, of each lane: all windows were told what those of the slowest were, and
    /// time goes back for none.
    /// </summary>
    public void Read(ref StateReader reader, bool isFirst)
    {
        long told = reader.ReadInt64();
        Told = isFirst ? told : Math.Min(Told, told);
        Now = Math.Max(Now, reader.ReadInt64());
    }

    /// <summary>
    /// The first instant after the last that was told at which a window can end. Lanes without records wait for it too:
    /// whoever merges lanes goes by the slowest.
    /// </summary>
    public long NextBound() => Told == long.MinValue
        ? long.MinValue
        : assigner switch
        {
            SlicedAssigner sliced => sliced.SliceOf(Told).EndTime.Ticks,
            { GranularityTicks: long.MaxValue } => long.MaxValue,
            { GranularityTicks: > 0 and var every } => TickMath.Add(TickMath.AlignedStart(Told, every, 0), every),
            SessionAssigner sessions => TickMath.Add(Told, sessions.Gap),
            _ => TickMath.Add(Told, PulseTicks),
        };
}
