using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>Ways into a stream, and what only streams of certain records can do.</summary>
public static partial class StreamExtensions
{
    private const string Unnamed = "stream";

    /// <inheritdoc cref="StreamBuilder.From{T}(IEnumerable{T}, string)" path="/summary|/typeparam"/>
    /// <param name="records">The sequence.</param>
    public static DataStream<T> ToDataStream<T>(this IEnumerable<T> records) =>
        StreamBuilder.Create(Unnamed).From(records);

    /// <inheritdoc cref="StreamBuilder.From{T}(IAsyncEnumerable{T}, string)" path="/summary|/typeparam"/>
    /// <param name="records">The sequence; it is asked for the next record only when there is room for it.</param>
    public static DataStream<T> ToDataStream<T>(this IAsyncEnumerable<T> records) =>
        StreamBuilder.Create(Unnamed).From(records);

    /// <inheritdoc cref="StreamBuilder.From{T}(ChannelReader{T}, string)" path="/summary|/typeparam"/>
    /// <param name="channel">The channel's reader.</param>
    public static DataStream<T> ToDataStream<T>(this ChannelReader<T> channel) =>
        StreamBuilder.Create(Unnamed).From(channel);

    /// <inheritdoc cref="StreamBuilder.From{T}(IObservable{T}, int, WhenFull)"/>
    public static DataStream<T> ToDataStream<T>(
        this IObservable<T> observable,
        int capacity = 65_536,
        WhenFull whenFull = WhenFull.Fail) => StreamBuilder.Create(Unnamed).From(observable, capacity, whenFull);

    /// <summary>The best results of each window.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <typeparam name="TRank">What results are ranked by, in its own order.</typeparam>
    /// <param name="results">The results of windows.</param>
    /// <param name="count">How many a ranking holds; from 1.</param>
    /// <param name="by">What a result is ranked by; the largest comes first, equal ones by key
    /// (text by its characters).</param>
    /// <remarks>
    /// A ranking comes when the watermark has reached the window's end. Where the windows before accept late records,
    /// it comes again after each late result; where they fire early, with the same period as well.
    /// </remarks>
    /// <example><code>
    /// counts.TopK(10, by: w => w.Value)
    /// </code></example>
    public static DataStream<WindowRanking<TKey, TValue>> TopK<TKey, TValue, TRank>(
        this DataStream<WindowResult<TKey, TValue>> results,
        int count,
        Func<WindowResult<TKey, TValue>, TRank> by)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        DataStream<WindowResult<TKey, TValue>> gathered =
            results.Then(new GatherNode<WindowResult<TKey, TValue>>("gather", results.Node));
        return gathered.Then(new RankingNode<TKey, TValue, TRank>(gathered.Node, count, by));
    }
}
