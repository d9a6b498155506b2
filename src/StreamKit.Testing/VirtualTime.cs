namespace StreamKit.Testing;

/// <summary>A clock that moves only when it is told to; for jobs that a test runs.</summary>
/// <remarks>
/// Give it to a job as <see cref="JobOptions.Clock"/>. <see cref="Advance"/> calls the timers that become due, in
/// the order of their instants, and each sees the clock at its own instant. What they wake goes on in other
/// threads: to see its effect, await the job's output, or use <see cref="StreamTest"/>, where nothing runs by
/// itself. Any thread may use it.
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Order)> _due = new();
    private readonly DateTimeOffset _start;
    private long _ticks;
    private long _order;

    /// <summary>A clock that stands at an instant.</summary>
    /// <param name="start">The instant; null: 2000-01-01T00:00Z.</param>
    public VirtualTime(DateTimeOffset? start = null) =>
        _start = (start ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and calls the timers that become due on the way.</summary>
    /// <param name="by">How far; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target = checked(GetTimestamp() + by.Ticks);
        while (TakeDue(target) is { } timer)
        {
            timer.Call();
        }
    }

    /// <summary>Moves the clock to the next timer and calls it; false where there is none.</summary>
    internal bool AdvanceToNext()
    {
        VirtualTimer? timer = TakeDue(long.MaxValue, advancesToTarget: false);
        timer?.Call();
        return timer is not null;
    }

    internal void Plan(VirtualTimer timer, TimeSpan after, long version)
    {
        if (after == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        lock (_lock)
        {
            _due.Enqueue((timer, version), (_ticks + after.Ticks, _order++));
        }
    }

    private VirtualTimer? TakeDue(long target, bool advancesToTarget = true)
    {
        lock (_lock)
        {
            while (_due.TryPeek(out (VirtualTimer Timer, long Version) next, out (long Due, long Order) at)
                && at.Due <= target)
            {
                _due.Dequeue();
                if (next.Timer.IsStanding(next.Version))
                {
                    _ticks = Math.Max(_ticks, at.Due);
                    return next.Timer;
                }
            }

            if (advancesToTarget)
            {
                _ticks = Math.Max(_ticks, target);
            }

            return null;
        }
    }
}
