using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows that depend on the records.</content>
public sealed partial class KeyedStream<TKey, T>
{
    /// <summary>Puts the records of each key into windows that depend on the records.</summary>
    /// <param name="windows">The windows; see <c>TimeWindows.Custom</c> and
    /// <see cref="TimeWindows.Session{T}"/>.</param>
    /// <example><code>
    /// clicks.KeyBy(c => c.User).Window(TimeWindows.Session((Click c) => c.Patience)).Count()
    /// </code></example>
    public WindowedStream<TKey, T> Window(RecordWindows<T> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return Window(windows.Assigner);
    }
}
