using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>The order of event time.</content>
public sealed partial class KeyedStream<TKey, T>
{
    /// <summary>Puts the records of each key into the order of their event time, on the lanes.</summary>
    /// <param name="maxRecords">
    /// How many records may wait on one lane; one more goes to the error policy. What waits are the records between the
    /// watermark and the newest event time, and a watermark that is held back would let them grow for ever. From 1.
    /// Default: 1,000,000.
    /// </param>
    /// <remarks>
    /// Equal times stay in the order of arrival. A record waits until the watermark has passed it, so one that is
    /// behind the watermark has missed its place: it is left out and counted as late; the overload with <c>out</c>
    /// makes a stream of them. The function of the key is called again for what comes out.
    /// </remarks>
    /// <example><code>
    /// clicks.KeyBy(c => c.UserId).OrderByEventTime()
    /// </code></example>
    public KeyedStream<TKey, T> OrderByEventTime(int maxRecords = DataStream<T>.MaxRecords) => Order(maxRecords, null);

    /// <summary>
    /// Puts the records of each key into the order of their event time, on the lanes, and makes a stream of those that
    /// missed their place.
    /// </summary>
    /// <param name="late">The records that were behind the watermark when they came; each says by how much.</param>
    /// <param name="maxRecords">
    /// How many records may wait on one lane; one more goes to the error policy. From 1. Default: 1,000,000.
    /// </param>
    /// <remarks><inheritdoc cref="OrderByEventTime(int)" path="/remarks/node()"/></remarks>
    public KeyedStream<TKey, T> OrderByEventTime(
        out DataStream<Late<T>> late, int maxRecords = DataStream<T>.MaxRecords)
    {
        var node = new LateNode<T>();
        KeyedStream<TKey, T> ordered = Order(maxRecords, node);
        late = _stream.Then(node);
        return ordered;
    }

    private KeyedStream<TKey, T> Order(int maxRecords, LateNode<T>? late)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRecords);
        KeyByNode<T, TKey> keys = _stream.Builder.Graph.Add(new KeyByNode<T, TKey>(_stream.Node, _key, _inPlace));
        DataStream<T> ordered = _stream.Then(new EventOrderNode<TKey, T>(keys, maxRecords, late));
        return new KeyedStream<TKey, T>(ordered, _key, inPlace: true); // They are on their key's lane already.
    }
}
