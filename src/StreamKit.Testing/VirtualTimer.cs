namespace StreamKit.Testing;

/// <summary>A timer of a <see cref="VirtualTime"/>.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    private const long Disposed = -1;

    private long _version;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        long before = Volatile.Read(ref _version);
        if (before == Disposed)
        {
            return false;
        }

        // What was planned before carries an older version, and is left out when it comes up.
        _period = period;
        Volatile.Write(ref _version, before + 1);
        time.Plan(this, dueTime, before + 1);
        return true;
    }

    public void Dispose() => Volatile.Write(ref _version, Disposed);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the timer still stands as it was planned.</summary>
    internal bool TryTake(long version) => Volatile.Read(ref _version) == version;

    internal void Call()
    {
        // As with the system's timers, a period of zero or less means once.
        if (_period > TimeSpan.Zero)
        {
            time.Plan(this, _period, Volatile.Read(ref _version));
        }

        callback(state);
    }
}
