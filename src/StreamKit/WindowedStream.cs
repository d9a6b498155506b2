using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>A stream in windows, to be aggregated.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// By default a window says one thing about each key, when the watermark reaches its end; records that come later are
/// counted and left out. <see cref="AllowLateness"/>, <see cref="Early(TimeSpan)"/> and
/// <see cref="SideOutputLate"/> change that.
/// </remarks>
public sealed partial class WindowedStream<TKey, T>
    where TKey : notnull
{
    private readonly DataStream<T> _stream;
    private readonly Func<T, TKey> _key;
    private readonly bool _inPlace;
    private readonly WindowOptions _options;
    private readonly LateNode<T>? _late;

    internal WindowedStream(
        DataStream<T> stream,
        Func<T, TKey> key,
        bool inPlace,
        WindowOptions options,
        LateNode<T>? late = null)
    {
        _stream = stream;
        _key = key;
        _inPlace = inPlace;
        _options = options;
        _late = late;
    }

    /// <summary>Sets how long a window keeps accepting records after the watermark has passed its end.</summary>
    /// <param name="lateness">The time; not negative. Default: zero.</param>
    /// <remarks>
    /// Each record that is accepted late makes the window say its result again, at once. Later ones go to
    /// <see cref="SideOutputLate"/>, or are counted and left out. State is held this much longer.
    /// </remarks>
    public WindowedStream<TKey, T> AllowLateness(TimeSpan lateness)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lateness, TimeSpan.Zero);
        return With(_options with { LatenessTicks = lateness.Ticks });
    }

    /// <summary>Makes open windows say what they have so far, again and again.</summary>
    /// <param name="every">
    /// The period of processing time; more than zero. A key says nothing where nothing has changed since the last time.
    /// </param>
    /// <remarks>The result at the window's end is the same with and without early results.</remarks>
    public WindowedStream<TKey, T> Early(TimeSpan every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        return With(_options with { EarlyEveryTicks = every.Ticks, Early = null });
    }

    /// <summary>Sets how the results of one window relate to each other, where there are several.</summary>
    /// <param name="mode">The relation. Default: <see cref="PaneMode.Accumulating"/>.</param>
    public WindowedStream<TKey, T> Panes(PaneMode mode) => With(_options with { Mode = mode });

    /// <summary>Makes each sender aggregate its records before it sends them to the lanes of their keys.</summary>
    /// <remarks>
    /// For skewed keys: a key with half of all records keeps one lane busy while the others wait; aggregated first, it
    /// sends one sum between two watermarks. Where most keys are rare it costs more than it saves, so the default is
    /// not to. Results are the same. Works with windows whose bounds do not depend on the records (not sessions), and
    /// not with <see cref="SideOutputLate"/>, because records are no longer there when they turn out to be late.
    /// </remarks>
    /// <example><code>
    /// tags.KeyBy(tag => tag).Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1))).PreAggregate().Count()
    /// </code></example>
    public WindowedStream<TKey, T> PreAggregate() => With(_options with { PreAggregates = true });

    /// <summary>Makes a stream of the records that came too late for at least one of their windows.</summary>
    /// <param name="late">The stream; it is a part of the pipeline, and counts nothing twice.</param>
    public WindowedStream<TKey, T> SideOutputLate(out DataStream<Late<T>> late)
    {
        var node = new LateNode<T>();
        late = _stream.Then(node);
        return new WindowedStream<TKey, T>(_stream, _key, _inPlace, _options, node);
    }

    private WindowedStream<TKey, T> With(WindowOptions options) => new(_stream, _key, _inPlace, options, _late);
}
