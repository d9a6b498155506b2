using StreamKit.Serialization;
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

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TriggerTimers Read(ref StateReader reader) =>
        new() { Event = reader.ReadInt64(), Processing = reader.ReadInt64() };

    /// <summary>Writes them into a snapshot.</summary>
    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(Event);
        writer.Write(Processing);
    }

    /// <summary>Of each kind the earlier one.</summary>
    public readonly TriggerTimers Earliest(TriggerTimers other) => new()
    {
        Event = Math.Min(Event, other.Event),
        Processing = Math.Min(Processing, other.Processing),
    };
}
