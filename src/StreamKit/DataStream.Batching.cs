using StreamKit.Graph;
using StreamKit.Records;

namespace StreamKit;

/// <content>Lists of records.</content>
public sealed partial class DataStream<T>
{
    /// <summary>Collects records into lists, which go out when they are full or have waited long enough.</summary>
    /// <param name="max">How many records a list holds at most; from 1.</param>
    /// <param name="within">
    /// How long, in processing time, the first record of a list waits at most for the list to fill; more than zero.
    /// </param>
    /// <remarks>
    /// <para>
    /// Records keep their order, and no list is empty. What is held goes out too when the stream ends, is drained or
    /// falls silent. Streams that flow on several lanes are brought together first.
    /// </para>
    /// <para>
    /// A list has the event time of its latest record. The watermark goes no further than the earliest record that is
    /// held, so nothing behind this step takes a list for late, but event time there lies back by up to
    /// <paramref name="within"/>. Call <c>WithEventTime</c> before this step, not after it.
    /// </para>
    /// </remarks>
    /// <example><code>
    /// orders.Batch(max: 500, within: TimeSpan.FromMilliseconds(200)).ForEach(InsertAll)
    /// </code></example>
    public DataStream<IReadOnlyList<T>> Batch(int max, TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(within, TimeSpan.Zero);

        // Lanes would each fill lists of their own.
        DataStream<T> whole = Node.IsParallel ? Then(new GatherNode<T>("gather", Node)) : this;
        var all = new KeyByNode<T, Unit>(whole.Node, static _ => default, inPlace: true);
        return whole.Then(new BatchNode<Unit, T, IReadOnlyList<T>>(
            Builder.Graph.Add(all), max, within, static (_, records) => records));
    }
}
