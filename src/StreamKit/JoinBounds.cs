using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>A join that is yet to be told which records may meet: those of one window.</summary>
/// <typeparam name="TJoin">The join in windows.</typeparam>
public sealed class JoinBounds<TJoin>
{
    private readonly Func<SlicedAssigner, TJoin> _within;

    internal JoinBounds(Func<SlicedAssigner, TJoin> within) => _within = within;

    /// <summary>Joins the records of one key that lie in the same window.</summary>
    /// <param name="windows">
    /// The windows: any of <see cref="TimeWindows"/> but sessions. Where windows overlap, a pair that lies in several
    /// of them is a result of each.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The windows are sessions, whose bounds depend on the records, or in processing time.
    /// </exception>
    /// <example><code>
    /// orders.KeyBy(o => o.Id).Join(payments.KeyBy(p => p.OrderId))
    ///     .Within(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    ///     .Select((o, p) => new Paid(o.Id, p.Amount))
    /// </code></example>
    public TJoin Within(WindowAssigner windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return windows is SlicedAssigner { Domain: TimeDomain.Event } sliced
            ? _within(sliced)
            : throw new ArgumentException(
                "A join needs windows whose bounds do not depend on the records, in event time: take "
                + "TimeWindows.Tumbling, Hopping or Global instead of sessions, and leave out InProcessingTime.",
                nameof(windows));
    }
}
