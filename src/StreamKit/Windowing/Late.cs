using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>
/// A record that was set aside: it came too late for at least one of its windows, or for a step that orders records or
/// tells them apart, or the future guard took it.
/// </summary>
/// <typeparam name="T">The type of the record.</typeparam>
/// <remarks>Each record is reported once, whatever it missed.</remarks>
[StateSerializer(typeof(LateSerializer<>))]
public sealed class Late<T> : IHasParts
{
    /// <summary>Describes a late record.</summary>
    /// <param name="value">The record.</param>
    /// <param name="timestamp">Its event time.</param>
    /// <param name="watermark">The watermark when it came.</param>
    /// <param name="missedWindows">
    /// The windows that no longer accepted it; none behind steps without windows, and none with
    /// <see cref="LateReason.FutureGuard"/>, because it never came to a window.
    /// </param>
    /// <param name="acceptedByOthers">Whether other windows still accepted it.</param>
    /// <param name="reason">Why it was set aside.</param>
    public Late(
        T value,
        Timestamp timestamp,
        Timestamp watermark,
        IReadOnlyList<Window> missedWindows,
        bool acceptedByOthers,
        LateReason reason)
    {
        ArgumentNullException.ThrowIfNull(missedWindows);
        Value = value;
        Timestamp = timestamp;
        Watermark = watermark;
        MissedWindows = missedWindows;
        AcceptedByOthers = acceptedByOthers;
        Reason = reason;
    }

    /// <summary>The record.</summary>
    public T Value { get; }

    /// <summary>Its event time.</summary>
    public Timestamp Timestamp { get; }

    /// <summary>The watermark when it came.</summary>
    public Timestamp Watermark { get; }

    /// <summary>
    /// How far its event time was behind the watermark; zero with <see cref="LateReason.FutureGuard"/>. Where windows
    /// wait for certain instants only, it may be too small by less than the distance between two of them, because the
    /// watermarks between are not sent.
    /// </summary>
    public TimeSpan LateBy => Reason == LateReason.FutureGuard
        ? TimeSpan.Zero
        : new(TickMath.Add(Watermark.Ticks, -Timestamp.Ticks));

    /// <summary>
    /// The windows that no longer accepted it, by start; none behind steps without windows and with
    /// <see cref="LateReason.FutureGuard"/>.
    /// </summary>
    public IReadOnlyList<Window> MissedWindows { get; }

    /// <summary>Whether other windows still accepted it (only where windows overlap).</summary>
    public bool AcceptedByOthers { get; }

    /// <summary>Why it was set aside.</summary>
    public LateReason Reason { get; }

    IEnumerable<object?> IHasParts.Parts => [Value, Timestamp, Watermark, MissedWindows, AcceptedByOthers, Reason];

    /// <summary>The record, how late it was and what it missed.</summary>
    public override string ToString() => Reason == LateReason.FutureGuard
        ? $"{Value} at {Timestamp}, further in the future than the guard allows"
        : $"{Value} at {Timestamp}, {LateBy} behind {Watermark}"
            + (MissedWindows.Count > 0 ? $", missed {string.Join(", ", MissedWindows)}" : "");
}
