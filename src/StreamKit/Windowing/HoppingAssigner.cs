using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Windows of one size that start every so often; tumbling where the two are equal.</summary>
internal sealed class HoppingAssigner : SlicedAssigner
{
    private readonly long _size;
    private readonly long _every;
    private readonly long _offset;

    // Window ends lie this far behind window starts; 0 where every end is also a start.
    private readonly long _endsAfterStart;

    public HoppingAssigner(long size, long every, long offset)
    {
        (_size, _every, _offset) = (size, every, offset);
        _endsAfterStart = size % every;
    }

    /// <summary>How long a window is, in ticks.</summary>
    public long SizeTicks => _size;

    /// <summary>The distance between the starts of windows, in ticks.</summary>
    public long EveryTicks => _every;

    /// <summary>Where the starts lie: at so many ticks, and at multiples of the distance from there.</summary>
    public long OffsetTicks => _offset;

    public override bool IsPartition => _size == _every;

    internal override long GranularityTicks =>
        TickMath.Gcd(_every, TickMath.Gcd(_endsAfterStart, TickMath.FloorMod(_offset, _every)));

    public override Window SliceOf(long ticks)
    {
        // Both bounds are counted from the instant: where the start lies before event time, the end must not move.
        long into = TickMath.IntoAligned(ticks, _every, _offset);
        if (_endsAfterStart == 0)
        {
            return Between(ticks, into, _every);
        }

        return into < _endsAfterStart
            ? Between(ticks, into, _endsAfterStart)
            : Between(ticks, into - _endsAfterStart, _every - _endsAfterStart);
    }

    public override void AddWindowsOf(Window slice, List<Window> windows)
    {
        int first = windows.Count;
        long sliceStart = slice.StartTime.Ticks;

        // No window bound lies inside a slice, so a window has all of it or nothing.
        for (long into = TickMath.IntoAligned(sliceStart, _every, _offset); into < _size; into += _every)
        {
            windows.Add(Between(sliceStart, into, _size));
            if (into > long.MaxValue - _every)
            {
                break; // No size reaches further back.
            }
        }

        windows.Reverse(first, windows.Count - first);
    }

    // The stretch of a length that began so long before an instant that lies in it, held at the ends of event time.
    private static Window Between(long ticks, long into, long length) =>
        Window.OfTicks(TickMath.Add(ticks, -into), TickMath.Add(ticks, length - into));
}
