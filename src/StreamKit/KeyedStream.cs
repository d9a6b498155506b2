using StreamKit.Windowing;

namespace StreamKit;

/// <summary>A stream that is looked at key by key.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>The records of one key keep their order.</remarks>
public sealed partial class KeyedStream<TKey, T>
    where TKey : notnull
{
    private readonly DataStream<T> _stream;
    private readonly Func<T, TKey> _key;

    internal KeyedStream(DataStream<T> stream, Func<T, TKey> key) => (_stream, _key) = (stream, key);

    /// <summary>Puts the records of each key into windows.</summary>
    /// <param name="windows">The windows; see <see cref="TimeWindows"/>.</param>
    /// <example><code>
    /// tags.KeyBy(tag => tag).Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1))).Count()
    /// </code></example>
    public WindowedStream<TKey, T> Window(WindowAssigner windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return new WindowedStream<TKey, T>(_stream, _key, inPlace: false, new WindowOptions(windows));
    }
}
