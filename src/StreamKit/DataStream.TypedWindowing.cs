using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows over all records that look at the records.</content>
public sealed partial class DataStream<T>
{
    /// <summary>
    /// Windows over all records that depend on the records; the work is done where the records are, not on the lanes.
    /// </summary>
    /// <param name="windows">The windows; see <see cref="TimeWindows"/>.</param>
    /// <example><code>
    /// readings.WindowAll(TimeWindows.Session(gap).EndsOn((Reading r) => r.IsShutdown)).Count()
    /// </code></example>
    public WindowedStream<Unit, T> WindowAll(WindowAssigner<T> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return WindowAll(windows.Untyped);
    }
}
