using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>Windows without a result.</content>
public static partial class StreamExtensions
{
    /// <summary>
    /// Adds a result for every window that closes without one for a key that was seen a short time ago.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="results">The results of tumbling or hopping windows.</param>
    /// <param name="seenWithin">
    /// A window is filled where the key has a result of its own in a window that ends at most so long before. At least
    /// the distance between windows, and at most 100,000 times that: it bounds what a jump of the watermark can add.
    /// </param>
    /// <param name="fill">
    /// The value, from the key's last result before the gap and the window that is filled: <see cref="Fill.Zero"/>,
    /// <see cref="Fill.Last"/> or a function of one's own; it should be pure.
    /// </param>
    /// <remarks>
    /// <para>
    /// Filled results come when the watermark has reached their window's end, after all results that the same watermark
    /// brings, by window end; their <see cref="Pane.IsFilled"/> is true. When the stream ends every window is closed,
    /// so each key is filled for <paramref name="seenWithin"/> after its last result.
    /// </para>
    /// <para>
    /// Where the windows accept late records, a result that comes for a window that was filled takes its place
    /// (retracted first where results retract), and what fills the windows after it is said again where it changes.
    /// </para>
    /// </remarks>
    /// <example><code>
    /// counts.FillGaps(seenWithin: TimeSpan.FromHours(1), Fill.Zero)
    /// </code></example>
    public static DataStream<WindowResult<TKey, TValue>> FillGaps<TKey, TValue>(
        this DataStream<WindowResult<TKey, TValue>> results,
        TimeSpan seenWithin,
        Func<WindowResult<TKey, TValue>, Window, TValue> fill)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(fill);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(seenWithin, TimeSpan.Zero);

        // Results straight from a window are on their key's lane; what came between may have changed the keys.
        bool onLanes = results.Node.ClosesWindows;
        KeyByNode<WindowResult<TKey, TValue>, TKey> keys = results.Builder.Graph.Add(
            new KeyByNode<WindowResult<TKey, TValue>, TKey>(results.Node, static w => w.Key, inPlace: onLanes));
        return results.Then(new FillGapsNode<TKey, TValue>(keys, seenWithin.Ticks, fill));
    }

    /// <summary>Adds a result with one value for every window that closes without one for a key that was seen a short
    /// time ago.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="results">The results of tumbling or hopping windows.</param>
    /// <param name="seenWithin">
    /// A window is filled where the key has a result of its own in a window that ends at most so long before. At least
    /// the distance between windows, and at most 100,000 times that.
    /// </param>
    /// <param name="value">The value.</param>
    /// <example><code>
    /// counts.FillGaps(seenWithin: TimeSpan.FromHours(1), 0)
    /// </code></example>
    public static DataStream<WindowResult<TKey, TValue>> FillGaps<TKey, TValue>(
        this DataStream<WindowResult<TKey, TValue>> results, TimeSpan seenWithin, TValue value) =>
        FillGaps(results, seenWithin, (_, _) => value);
}
