namespace StreamKit.Testing;

/// <summary>A timer of a <see cref="VirtualTime"/>.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    private const long Disposed = -1;

    // Taken before the clock's own lock, never after it.
    private readonly Lock _lock = new();
    private long _version;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (_version == Disposed)
            {
                return false;
            }

            // What was planned before carries an older version, and is left out when it comes up.
            _period = period;
            time.Plan(this, dueTime, ++_version);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _version = Disposed;
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the timer still stands as it was planned.</summary>
    internal bool IsStanding(long version) => Volatile.Read(ref _version) == version;

    internal void Call()
    {
        lock (_lock)
        {
            // As with the system's timers, a period of zero or less means once.
            if (_period > TimeSpan.Zero && _version != Disposed)
            {
                time.Plan(this, _period, _version);
            }
        }

        callback(state);
    }
}
