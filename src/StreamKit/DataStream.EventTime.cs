using StreamKit.Graph;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>Event time with a second output.</content>
public sealed partial class DataStream<T>
{
    /// <summary>
    /// Gives every record its event time, makes the stream's watermark, and puts the records aside whose event time
    /// lies further in the future than the guard allows.
    /// </summary>
    /// <param name="timestamp">The event time of a record.</param>
    /// <param name="watermarks">
    /// How the watermark is made; with <see cref="FuturePolicy.SideOutput"/> as the policy of its future guard.
    /// </param>
    /// <param name="future">
    /// The records beyond the guard, with their own event time and the reason <see cref="LateReason.FutureGuard"/>. It
    /// has this stream's watermark.
    /// </param>
    /// <remarks>
    /// <inheritdoc cref="WithEventTime(Func{T, Timestamp}, WatermarkStrategy{T})" path="/remarks/node()"/>
    /// </remarks>
    /// <example><code>
    /// readings.WithEventTime(
    ///     r => r.At,
    ///     Watermarks.Monotonic().WithFutureGuard(TimeSpan.FromMinutes(5), FuturePolicy.SideOutput),
    ///     out DataStream&lt;Late&lt;Reading&gt;&gt; future)
    /// </code></example>
    public DataStream<T> WithEventTime(
        Func<T, Timestamp> timestamp, WatermarkStrategy<T> watermarks, out DataStream<Late<T>> future)
    {
        ArgumentNullException.ThrowIfNull(timestamp);
        ArgumentNullException.ThrowIfNull(watermarks);
        var node = new EventTimeNode<T>(Node, timestamp, watermarks);
        DataStream<T> timed = Then(node);
        var second = new FutureNode<T>(node);
        node.Attach(second);
        future = Then(second);
        return timed;
    }
}
