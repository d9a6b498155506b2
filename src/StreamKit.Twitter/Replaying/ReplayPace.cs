namespace StreamKit.Twitter.Replaying;

/// <summary>Says how long a record has to wait, so that the recording goes on as fast as it was asked to.</summary>
/// <remarks>The first record with a time lays event time and the clock side by side.</remarks>
internal sealed class ReplayPace(ReplaySpeed speed, TimeProvider clock)
{
    private DateTimeOffset? _firstTime;

    // A timestamp and not the time of day, which may be set while a replay runs.
    private long _firstAt;

    /// <summary>
    /// How long to wait now; ask again afterwards, because a long wait comes in parts. Zero: it is due.
    /// </summary>
    internal TimeSpan WaitFor(DateTimeOffset? eventTime)
    {
        if (speed.Factor is not { } factor || eventTime is not { } time)
        {
            return TimeSpan.Zero;
        }

        if (_firstTime is not { } firstTime)
        {
            _firstTime = time;
            _firstAt = clock.GetTimestamp();
            return TimeSpan.Zero;
        }

        double ticks = ((time - firstTime).Ticks / factor) - clock.GetElapsedTime(_firstAt).Ticks;

        // Timers count whole milliseconds, so a part of one would be waited for in a loop; and they end after some
        // weeks.
        return ticks <= 0
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds(
                Math.Min(Math.Ceiling(ticks / TimeSpan.TicksPerMillisecond), TimeSpan.MillisecondsPerDay));
    }
}
