using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>Lists of records of one key.</content>
public sealed partial class KeyedStream<TKey, T>
{
    /// <summary>
    /// Collects the records of each key into lists, which go out when they are full or have waited long enough.
    /// </summary>
    /// <param name="max">How many records a list holds at most; from 1.</param>
    /// <param name="within">
    /// How long, in processing time, the first record of a list waits at most for the list to fill; more than zero.
    /// </param>
    /// <remarks><inheritdoc cref="DataStream{T}.Batch" path="/remarks/node()"/></remarks>
    /// <example><code>
    /// orders.KeyBy(o => o.Shop).Batch(max: 100, within: TimeSpan.FromSeconds(1)).ForEach(list => Send(list.Key, list))
    /// </code></example>
    public DataStream<KeyedList<TKey, T>> Batch(int max, TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(within, TimeSpan.Zero);
        KeyByNode<T, TKey> keys = _stream.Builder.Graph.Add(
            new KeyByNode<T, TKey>(_stream.Node, _key, inPlace: false));
        return _stream.Then(new BatchNode<TKey, T, KeyedList<TKey, T>>(
            keys, max, within, static (key, records) => new KeyedList<TKey, T>(key, records)));
    }
}
