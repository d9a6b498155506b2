using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Says which windows a record belongs to.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// <para>
/// Laws: every window contains the event time of its record; the windows depend on nothing but the record and its event
/// time, so never on a clock or on earlier records; there are finitely many. <c>WindowAssignerLaws</c> of
/// <c>StreamKit.Testing</c> checks them. <see cref="Window.Aligned"/> and <see cref="Window.From"/> stop at the ends of
/// event time instead of overflowing.
/// </para>
/// <para>One assigner serves all lanes, which call it at the same time. An exception goes to the error
/// policy.</para>
/// </remarks>
/// <example><code>
/// sealed class ByPriority : IWindowAssigner&lt;Order&gt;
/// {
///     public void Assign(in Order order, Timestamp timestamp, WindowCollector windows) => windows.Add(
///         Window.Aligned(timestamp, order.IsUrgent ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(10)));
/// }
/// </code></example>
public interface IWindowAssigner<T>
{
    /// <summary>
    /// The distance of which every end of a window is a multiple, counted from 1970; zero where windows can end at any
    /// instant. Default: zero. Watermarks that pass no multiple need not be sent, which costs less.
    /// </summary>
    TimeSpan Granularity => TimeSpan.Zero;

    /// <summary>Adds the windows of a record, in any order; none where it belongs to none, which is counted.</summary>
    /// <param name="record">The record.</param>
    /// <param name="timestamp">Its event time.</param>
    /// <param name="windows">Takes the windows.</param>
    void Assign(in T record, Timestamp timestamp, WindowCollector windows);
}
