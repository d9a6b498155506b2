using StreamKit.Time;

namespace StreamKit;

/// <summary>The ways in which a stream's watermark is made.</summary>
/// <remarks>
/// A watermark W says that no later record has a timestamp below W. It closes windows, and what
/// comes behind it may be late.
/// </remarks>
public static class Watermarks
{
    /// <summary>
    /// The highest timestamp so far, less a bound: a record exactly the bound behind it is still on time.
    /// </summary>
    /// <param name="bound">By how much a record may trail the highest timestamp of its split; not negative.</param>
    /// <example><code>
    /// tweets.WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
    /// </code></example>
    public static WatermarkStrategy BoundedOutOfOrderness(TimeSpan bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, TimeSpan.Zero);
        return new WatermarkStrategy(bound.Ticks);
    }

    /// <summary>The highest timestamp so far: within each split, timestamps never fall (they may repeat).</summary>
    /// <example><code>
    /// readings.WithEventTime(r => r.At, Watermarks.Monotonic())
    /// </code></example>
    public static WatermarkStrategy Monotonic() => new(0);

    /// <summary>Marker records carry the watermark.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="marker">The watermark that a record carries; null for an ordinary record.</param>
    /// <example><code>
    /// events.WithEventTime(e => e.At, Watermarks.Punctuated&lt;Event&gt;(e => e.IsHeartbeat ? e.At : null))
    /// </code></example>
    public static WatermarkStrategy<T> Punctuated<T>(Func<T, Timestamp?> marker)
    {
        ArgumentNullException.ThrowIfNull(marker);
        return Custom(() => new PunctuatedGenerator<T>(marker));
    }

    /// <summary>A generator of one's own.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="create">Makes a generator; called once for every split.</param>
    /// <example><code>
    /// events.WithEventTime(e => e.At, Watermarks.Custom(() => new MyGenerator()))
    /// </code></example>
    public static WatermarkStrategy<T> Custom<T>(Func<IWatermarkGenerator<T>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new WatermarkStrategy<T>(() => new GeneratedWatermark<T>(create()), default);
    }
}
