using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Gives every record a window of its own, and lets the windows of one key merge, as sessions do.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// Laws: the window contains the event time of its record and depends on nothing but the record and its event time;
/// which windows there are in the end does not depend on the order in which they merged. <c>WindowAssignerLaws</c> of
/// <c>StreamKit.Testing</c> checks them. One assigner serves all lanes. An exception goes to the error policy.
/// </remarks>
/// <example><code>
/// sealed class Calls : IMergingWindowAssigner&lt;Call&gt;
/// {
///     public Window Assign(in Call call, Timestamp timestamp) => Window.From(timestamp, call.Duration);
/// }
/// </code></example>
public interface IMergingWindowAssigner<T>
{
    /// <summary>The window of a record before it meets any other.</summary>
    /// <param name="record">The record.</param>
    /// <param name="timestamp">Its event time.</param>
    Window Assign(in T record, Timestamp timestamp);

    /// <summary>
    /// Whether two windows become one, which reaches from the earlier start to the later end. Default: where they
    /// overlap; windows that only touch stay apart.
    /// </summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other; asking the other way round gives the same.</param>
    bool ShouldMerge(Window one, Window other) => one.Overlaps(other);
}
