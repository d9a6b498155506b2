namespace StreamKit.Latency;

/// <summary>When each event is due, in ticks of 100 ns since the start; that is its event time as well.</summary>
/// <remarks>The schedule does not wait for the pipeline: what a stall delays keeps its place, so the stall is measured
/// in every event that it held up and not in one (no coordinated omission).</remarks>
internal readonly record struct Schedule
{
    public Schedule(int eventsPerSecond) => EventsPerSecond = eventsPerSecond;

    public int EventsPerSecond { get; }

    /// <summary>When the event of an index is due.</summary>
    public long DueTicks(long index) =>
        (long)((Int128)index * TimeSpan.TicksPerSecond / EventsPerSecond);

    /// <summary>How many events are due by then, from the first on.</summary>
    public long CountDue(long ticks) =>
        ticks < 0 ? 0 : (long)(((Int128)(ticks + 1) * EventsPerSecond - 1) / TimeSpan.TicksPerSecond) + 1;

    /// <summary>When the first event at or after a window's end is due: it lets the window close.</summary>
    public long ClosedByTicks(long windowEndTicks)
    {
        long index = CountDue(windowEndTicks - 1);
        return DueTicks(index);
    }
}
