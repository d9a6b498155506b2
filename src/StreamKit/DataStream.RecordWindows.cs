using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows over all records that depend on the records.</content>
public sealed partial class DataStream<T>
{
    /// <summary>
    /// Windows over all records, whatever their key, that depend on the records; the work is done where the records
    /// are, not on the lanes.
    /// </summary>
    /// <param name="windows">The windows; see <c>TimeWindows.Custom</c> and
    /// <see cref="TimeWindows.Session{T}"/>.</param>
    /// <example><code>
    /// calls.WindowAll(TimeWindows.Custom(new Calls())).Count()
    /// </code></example>
    public WindowedStream<Unit, T> WindowAll(RecordWindows<T> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return WindowAll(windows.Assigner);
    }
}
