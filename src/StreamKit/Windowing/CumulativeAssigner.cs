using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Windows that start together, at multiples of the size, and end one step apart.</summary>
/// <remarks>
/// A slice is one step long. The size is a multiple of the step, so a start is always the bound of a slice. Bounds
/// are counted from the slice that holds an instant, not from the start of its windows, because that may lie before
/// the first instant of event time.
/// </remarks>
internal sealed class CumulativeAssigner(long size, long step, long offset) : SlicedAssigner
{
    public override bool IsPartition => size == step;

    internal override long GranularityTicks => TickMath.Gcd(step, TickMath.FloorMod(offset, step));

    public override Window SliceOf(long ticks)
    {
        long into = Into(ticks, step);
        return Window.OfTicks(TickMath.Add(ticks, -into), TickMath.Add(ticks, step - into));
    }

    public override void AddWindowsOf(Window slice, List<Window> windows)
    {
        // At the lower end of event time a slice may be cut off, but never both of its ends are.
        long last = slice.EndTime.Ticks - 1;
        long into = Into(last, size);
        long start = TickMath.Add(last, -into);
        long end = slice.EndTime.Ticks;
        for (long done = into / step; done < size / step; done++)
        {
            windows.Add(Window.OfTicks(start, end));
            if (end == long.MaxValue)
            {
                break; // All later windows end there too, and are the same window.
            }

            end = TickMath.Add(end, step);
        }
    }

    // How far an instant lies behind the last multiple of a length; the two remainders are taken apart so that the
    // difference cannot overflow.
    private long Into(long ticks, long length) =>
        TickMath.FloorMod(TickMath.FloorMod(ticks, length) - TickMath.FloorMod(offset, length), length);
}
