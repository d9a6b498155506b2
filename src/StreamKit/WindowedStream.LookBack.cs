using StreamKit.Aggregation;
using StreamKit.Graph;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>What only windows of one record each can say.</content>
public sealed partial class WindowedStream<TKey, T>
{
    /// <summary>Each record together with what was computed over the time before it.</summary>
    /// <typeparam name="TValue">The type of what is computed.</typeparam>
    /// <typeparam name="TResult">The type of the new records.</typeparam>
    /// <param name="combine">
    /// Asks for aggregates and combines them, as in <see cref="Aggregate{TResult}(Func{Aggregates{T},TResult})"/>.
    /// </param>
    /// <param name="select">The new record, from a record and its result; its event time is that of the record.</param>
    /// <remarks>Only for <see cref="TimeWindows.LookBack"/>; with other windows the pipeline cannot be built.</remarks>
    /// <example><code>
    /// payments.KeyBy(p => p.Card).Window(TimeWindows.LookBack(TimeSpan.FromMinutes(10)))
    ///     .Aggregate(a => a.Average(p => p.Amount), (payment, w) => (payment, Usual: w.Value))
    ///     .Where(p => p.payment.Amount > 5 * p.Usual)
    /// </code></example>
    /// <exception cref="InvalidOperationException"><paramref name="combine"/> failed when it was tried,
    /// or asks for nothing.</exception>
    public DataStream<TResult> Aggregate<TValue, TResult>(
        Func<Aggregates<T>, TValue> combine,
        Func<T, WindowResult<TKey, TValue>, TResult> select)
    {
        ArgumentNullException.ThrowIfNull(combine);
        ArgumentNullException.ThrowIfNull(select);
        Composition.Of(combine); // A mistake shows here, where it was written.
        return _stream.Then(new LookBackNode<TKey, T, TValue, TResult>(
            Keys(), _options, () => Composition.Of(combine), select, _late));
    }

    private KeyByNode<T, TKey> Keys() => _stream.Builder.Graph.Add(
        new KeyByNode<T, TKey>(_stream.Node, _key, _inPlace));
}
