using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows that look at the records.</content>
public sealed partial class KeyedStream<TKey, T>
{
    /// <summary>Puts the records of each key into windows that depend on the records.</summary>
    /// <param name="windows">The windows; see <see cref="TimeWindows"/>.</param>
    /// <example><code>
    /// clicks.KeyBy(c => c.User).Window(TimeWindows.Session(gap).EndsOn((Click c) => c.IsLogout)).Count()
    /// </code></example>
    public WindowedStream<TKey, T> Window(WindowAssigner<T> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return Window(windows.Untyped);
    }
}
