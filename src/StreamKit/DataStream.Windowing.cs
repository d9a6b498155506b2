using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows over all records.</content>
public sealed partial class DataStream<T>
{
    /// <summary>
    /// Windows over all records, whatever their key; the work is done where the records are, not on the lanes.
    /// </summary>
    /// <param name="windows">The windows; see <see cref="TimeWindows"/>.</param>
    /// <example><code>
    /// requests.WindowAll(TimeWindows.Tumbling(TimeSpan.FromSeconds(1))).Count()
    /// </code></example>
    public WindowedStream<Unit, T> WindowAll(WindowAssigner windows)
    {
        ArgumentNullException.ThrowIfNull(windows);

        // Lanes would each see a part of the records only.
        DataStream<T> whole = Node.IsParallel ? Then(new Graph.GatherNode<T>("gather", Node)) : this;
        return new WindowedStream<Unit, T>(whole, static _ => default, inPlace: true, new WindowOptions(windows));
    }
}
