using StreamKit.Windowing;

namespace StreamKit;

/// <summary>The kinds of windows that count records instead of looking at their time.</summary>
/// <remarks>
/// They count the records of each key in the order in which these arrive, so nothing is ever late and the stream needs
/// no event time. Results are the same from run to run only where the order of arrival is.
/// </remarks>
public static class CountWindows
{
    /// <summary>Windows of so many records, one after the other.</summary>
    /// <param name="size">How many records a window has; from 1.</param>
    /// <param name="partial">
    /// What becomes of the records that have not filled a window when the stream ends. Default: they are dropped.
    /// </param>
    /// <example><code>
    /// trades.KeyBy(t => t.Symbol).Window(CountWindows.Tumbling(100)).Average(t => t.Price)
    /// </code></example>
    public static WindowAssigner Tumbling(int size, PartialWindows partial = PartialWindows.Drop) =>
        Sliding(size, size, partial);

    /// <summary>The last so many records, again and again.</summary>
    /// <param name="size">How many records a window has; from 1.</param>
    /// <param name="every">
    /// After how many records of a key there is a result; from 1. Where it is larger than the size, the first records
    /// of each round belong to no window and are counted as unassigned.
    /// </param>
    /// <param name="partial">
    /// What becomes of windows with fewer records, at the start of each key and at the end of the stream. Default: they
    /// say nothing.
    /// </param>
    /// <example><code>
    /// trades.KeyBy(t => t.Symbol).Window(CountWindows.Sliding(size: 100, every: 10)).Average(t => t.Price)
    /// </code></example>
    public static WindowAssigner Sliding(int size, int every, PartialWindows partial = PartialWindows.Drop)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        return new CountAssigner(size, every, partial);
    }
}
