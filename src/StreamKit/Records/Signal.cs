using StreamKit.Time;

namespace StreamKit.Records;

/// <summary>A mark between records: watermark, idle, active, barrier, end.</summary>
internal readonly record struct Signal
{
    private Signal(SignalKind kind, long value, int split, SplitOrigin? origin = null) =>
        (Kind, Value, Split, Origin) = (kind, value, split, origin);

    public SignalKind Kind { get; }

    /// <summary>The ticks of a watermark or of processing time, or the number of a barrier's checkpoint.</summary>
    public long Value { get; }

    /// <summary>The split that the signal speaks of; only upstream of the event-time operator.</summary>
    public int Split { get; }

    /// <summary>Where the split comes from, with the start of one; null where nobody knows.</summary>
    public SplitOrigin? Origin { get; }

    public static Signal Started => new(SignalKind.Started, 0, 0);

    public static Signal End => new(SignalKind.End, 0, 0);

    public static Signal Drained => new(SignalKind.Drained, 0, 0);

    /// <summary>Whether the signal concerns one subtask only and never travels through a channel.</summary>
    public bool IsLocal => Kind is SignalKind.ProcessingTime or SignalKind.Drained;

    public static Signal ProcessingTime(long ticks) => new(SignalKind.ProcessingTime, ticks, 0);

    public static Signal Watermark(long ticks) => new(SignalKind.Watermark, ticks, 0);

    public static Signal Barrier(long checkpoint) => new(SignalKind.Barrier, checkpoint, 0);

    public static Signal Idle => new(SignalKind.Idle, 0, 0);

    public static Signal Active => new(SignalKind.Active, 0, 0);

    public static Signal SplitIdle(int split) => new(SignalKind.SplitIdle, 0, split);

    public static Signal SplitActive(int split) => new(SignalKind.SplitActive, 0, split);

    public static Signal SplitStart(int split, SplitOrigin? origin = null) =>
        new(SignalKind.SplitStart, 0, split, origin);

    public static Signal SplitRetired(int split) => new(SignalKind.SplitRetired, 0, split);

    public static Signal SplitHeld(int split) => new(SignalKind.SplitHeld, 0, split);

    public static Signal SplitReleased(int split) => new(SignalKind.SplitReleased, 0, split);

    public static Signal SplitEnd(int split) => new(SignalKind.SplitEnd, 0, split);

    /// <summary>The same of another number of split.</summary>
    public Signal OfSplit(int split) => new(Kind, Value, split, Origin);

    public override string ToString() => Kind switch
    {
        SignalKind.Watermark => $"Watermark({new Timestamp(Value)})",
        SignalKind.Barrier => $"Barrier({Value})",
        SignalKind.SplitStart or SignalKind.SplitEnd or SignalKind.SplitIdle or SignalKind.SplitActive
            or SignalKind.SplitRetired or SignalKind.SplitHeld or SignalKind.SplitReleased => $"{Kind}({Split})",
        _ => Kind.ToString(),
    };
}
