using System.Globalization;

namespace StreamKit.Time;

/// <summary>An instant of event time: a count of 100 ns ticks since 1970-01-01T00:00Z.</summary>
/// <remarks>
/// Instants before 1970 are negative and ordinary. Two values are reserved: <see cref="MinValue"/> ("nothing known")
/// and <see cref="MaxValue"/> ("end of event time"); no record may carry either. A <see cref="DateTimeOffset"/>
/// converts by its instant, so the same moment written with two offsets is one timestamp.
/// </remarks>
public readonly record struct Timestamp : IComparable<Timestamp>
{
    /// <summary>A timestamp of so many ticks of 100 ns since 1970-01-01T00:00Z.</summary>
    /// <param name="ticks">The ticks; negative before 1970.</param>
    public Timestamp(long ticks) => Ticks = ticks;

    /// <summary>The reserved value below every instant: nothing is known yet.</summary>
    public static Timestamp MinValue => new(long.MinValue);

    /// <summary>The reserved value above every instant: the end of event time.</summary>
    public static Timestamp MaxValue => new(long.MaxValue);

    /// <summary>Ticks of 100 ns since 1970-01-01T00:00Z.</summary>
    public long Ticks { get; }

    /// <summary>Converts an instant; the offset does not matter.</summary>
    /// <param name="value">The instant.</param>
    public static implicit operator Timestamp(DateTimeOffset value) =>
        new(value.UtcTicks - DateTime.UnixEpoch.Ticks);

    /// <summary>Converts a date of kind UTC or local.</summary>
    /// <param name="value">The date.</param>
    /// <exception cref="ArgumentException">The kind is unspecified, so the instant is not known.</exception>
    public static implicit operator Timestamp(DateTime value) => FromDateTime(value);

    /// <summary>Whether the left instant is earlier.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Timestamp left, Timestamp right) => left.Ticks < right.Ticks;

    /// <summary>Whether the left instant is later.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Timestamp left, Timestamp right) => left.Ticks > right.Ticks;

    /// <summary>Whether the left instant is earlier or the same.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Timestamp left, Timestamp right) => left.Ticks <= right.Ticks;

    /// <summary>Whether the left instant is later or the same.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Timestamp left, Timestamp right) => left.Ticks >= right.Ticks;

    /// <summary>Converts milliseconds since 1970-01-01T00:00Z.</summary>
    /// <param name="milliseconds">The milliseconds; negative before 1970.</param>
    /// <exception cref="OverflowException">The value lies outside the range of ticks.</exception>
    public static Timestamp FromUnixTimeMilliseconds(long milliseconds) =>
        new(checked(milliseconds * TimeSpan.TicksPerMillisecond));

    /// <summary>Converts seconds since 1970-01-01T00:00Z.</summary>
    /// <param name="seconds">The seconds; negative before 1970.</param>
    /// <exception cref="OverflowException">The value lies outside the range of ticks.</exception>
    public static Timestamp FromUnixTimeSeconds(long seconds) => new(checked(seconds * TimeSpan.TicksPerSecond));

    /// <summary>Converts a date of kind UTC or local.</summary>
    /// <param name="value">The date.</param>
    /// <exception cref="ArgumentException">The kind is unspecified, so the instant is not known.</exception>
    public static Timestamp FromDateTime(DateTime value) => value.Kind switch
    {
        DateTimeKind.Utc => new(value.Ticks - DateTime.UnixEpoch.Ticks),
        DateTimeKind.Local => new(value.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks),
        _ => throw new ArgumentException(
            "A DateTime of kind Unspecified names no instant: "
            + "give it a kind (DateTime.SpecifyKind) or use a DateTimeOffset.",
            nameof(value)),
    };

    /// <summary>Converts an instant; the offset does not matter.</summary>
    /// <param name="value">The instant.</param>
    public static Timestamp FromDateTimeOffset(DateTimeOffset value) => value;

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => Ticks.CompareTo(other.Ticks);

    /// <summary>
    /// The same instant in UTC; what lies outside the years 1 to 9999 becomes the nearest end of that range.
    /// </summary>
    public DateTimeOffset ToDateTimeOffset()
    {
        long lowest = DateTimeOffset.MinValue.Ticks - DateTime.UnixEpoch.Ticks;
        long highest = DateTimeOffset.MaxValue.Ticks - DateTime.UnixEpoch.Ticks;
        return new DateTimeOffset(Math.Clamp(Ticks, lowest, highest) + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);
    }

    /// <summary>The instant in ISO 8601, or MIN or MAX for the two reserved values.</summary>
    public override string ToString() => Ticks switch
    {
        long.MinValue => "MIN",
        long.MaxValue => "MAX",
        _ => ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
    };
}
