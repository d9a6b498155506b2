using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows that grow step by step.</content>
public static partial class TimeWindows
{
    /// <summary>
    /// Windows that start together and end a step apart, up to the size: what there is so far, step by step.
    /// </summary>
    /// <param name="size">The size of the longest window; more than zero.</param>
    /// <param name="step">
    /// How much longer each window is than the one before; more than zero, and the size is a multiple of it.
    /// </param>
    /// <param name="offset">Moves the bounds by so much; any value. Default: zero.</param>
    /// <remarks>
    /// For every start <c>S</c> of a <see cref="Tumbling"/> window of the size there are the windows
    /// <c>[S, S + step)</c>, <c>[S, S + 2 * step)</c> and so on to <c>[S, S + size)</c>. A record is in all of these
    /// that end after it, so a key that has been seen says something at the end of every further step. With a size of
    /// one step they are tumbling windows.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a record would be
    /// in over 100,000 windows.</exception>
    /// <exception cref="ArgumentException">The size is no multiple of the step.</exception>
    /// <example><code>
    /// .Window(TimeWindows.Cumulative(size: TimeSpan.FromDays(1), step: TimeSpan.FromMinutes(1)))
    /// </code></example>
    public static WindowAssigner Cumulative(TimeSpan size, TimeSpan step, TimeSpan offset = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        if (size.Ticks % step.Ticks != 0)
        {
            throw new ArgumentException(
                $"The size of cumulative windows is a multiple of the step, but {size} is none of {step}: "
                + $"use {size.Ticks / step.Ticks * step} or {((size.Ticks / step.Ticks) + 1) * step}.",
                nameof(step));
        }

        if (size.Ticks / step.Ticks > MaxOverlap)
        {
            throw new ArgumentOutOfRangeException(
                nameof(step), step, $"A record would belong to more than {MaxOverlap} windows of up to {size}.");
        }

        return new CumulativeAssigner(size.Ticks, step.Ticks, offset.Ticks);
    }
}
