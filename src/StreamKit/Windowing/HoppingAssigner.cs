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
        long start = TickMath.AlignedStart(ticks, _every, _offset);
        if (_endsAfterStart == 0)
        {
            return Window.OfTicks(start, TickMath.Add(start, _every));
        }

        long middle = TickMath.Add(start, _endsAfterStart);
        return ticks < middle
            ? Window.OfTicks(start, middle)
            : Window.OfTicks(middle, TickMath.Add(start, _every));
    }

    public override void AddWindowsOf(Window slice, List<Window> windows)
    {
        int first = windows.Count;
        long sliceStart = slice.StartTime.Ticks;
        long start = TickMath.AlignedStart(sliceStart, _every, _offset);

        // No window bound lies inside a slice, so a window has all of it or nothing. Ends are not compared: beyond the
        // end of event time all are the same.
        while ((ulong)(sliceStart - start) < (ulong)_size)
        {
            windows.Add(Window.OfTicks(start, TickMath.Add(start, _size)));
            if (start < long.MinValue + _every)
            {
                break; // Event time has no earlier instant.
            }

            start -= _every;
        }

        windows.Reverse(first, windows.Count - first);
    }
}
