using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>The timers that a trigger has set for one key and window: at most one of each kind.</summary>
internal struct TriggerTimers()
{
    /// <summary>Where no timer is set.</summary>
    public const long None = long.MaxValue;

    /// <summary>The instant of event time up to which all records must have been seen.</summary>
    public long Event = None;

    /// <summary>The instant of processing time.</summary>
    public long Processing = None;

    /// <summary>The first watermark that says that every record up to the event timer has been seen.</summary>
    public readonly long EventDue => TickMath.Add(Event, 1);

    /// <summary>Of each kind the earlier one.</summary>
    public readonly TriggerTimers Earliest(TriggerTimers other) => new()
    {
        Event = Math.Min(Event, other.Event),
        Processing = Math.Min(Processing, other.Processing),
    };
}
