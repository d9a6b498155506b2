using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <summary>Short ways to write expectations down.</summary>
public static class Expected
{
    /// <summary>An on-time result of a window.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="start">The window's start, in units of the test since 1970.</param>
    /// <param name="end">The window's end, in units of the test since 1970.</param>
    /// <param name="value">The result; lists are compared by their elements.</param>
    public static ExpectedPane<TKey, TValue> Pane<TKey, TValue>(TKey key, long start, long end, TValue value) =>
        new() { Key = key, Start = start, End = end, Value = value, Timing = PaneTiming.OnTime };
}
