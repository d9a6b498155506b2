using StreamKit.Graph;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit;

/// <content>The order of event time, and what one id says twice.</content>
public sealed partial class DataStream<T>
{
    // At some hundred bytes a record, about as much as a job may take without being asked.
    internal const int MaxRecords = 1_000_000;

    /// <summary>
    /// Puts the records into the order of their event time; equal times stay in the order of arrival.
    /// </summary>
    /// <param name="maxRecords">
    /// How many records may wait; one more goes to the error policy. What waits are the records between the watermark
    /// and the newest event time, and a watermark that is held back would let them grow for ever. From 1. Default:
    /// 1,000,000.
    /// </param>
    /// <remarks>
    /// A record waits until the watermark has passed it, so one that is behind the watermark has missed its place: it
    /// is left out and counted as late; the overload with <c>out</c> makes a stream of them.
    /// </remarks>
    /// <example><code>
    /// trades.WithEventTime(t => t.At, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(2))).OrderByEventTime()
    /// </code></example>
    public DataStream<T> OrderByEventTime(int maxRecords = MaxRecords) => Order(maxRecords, null);

    /// <summary>
    /// Puts the records into the order of their event time, and makes a stream of those that missed their place.
    /// </summary>
    /// <param name="late">The records that were behind the watermark when they came; each says by how much.</param>
    /// <param name="maxRecords">
    /// How many records may wait; one more goes to the error policy. From 1. Default: 1,000,000.
    /// </param>
    /// <remarks><inheritdoc cref="OrderByEventTime(int)" path="/remarks/node()"/></remarks>
    public DataStream<T> OrderByEventTime(out DataStream<Late<T>> late, int maxRecords = MaxRecords)
    {
        var node = new LateNode<T>();
        DataStream<T> ordered = Order(maxRecords, node);
        late = Then(node);
        return ordered;
    }

    /// <summary>Leaves out a record where one with the same id goes through a short time before or after it.</summary>
    /// <typeparam name="TId">The type of the ids; its equality decides. Null is an error.</typeparam>
    /// <param name="id">The id of a record; for an id that is one only together with others, a tuple.</param>
    /// <param name="within">
    /// The span; more than zero. Of two records that go through with one id, the event times are at least so far apart;
    /// and near each record that is left out, less than so far away, one with its id went through.
    /// </param>
    /// <param name="first">Which record of an id goes through. Default: <see cref="FirstBy.EventTime"/>.</param>
    /// <param name="maxRecords">
    /// How many records may wait for the watermark on one lane; one more goes to the error policy. With
    /// <see cref="FirstBy.Arrival"/> none waits. From 1. Default: 1,000,000.
    /// </param>
    /// <remarks>
    /// Ids are forgotten as the watermark advances, two to three spans after their time. A record that is behind the
    /// watermark by no more than the span is judged at once by what has gone through, and goes through behind the
    /// watermark if nothing has; one that is further behind cannot be judged: it is left out and counted as late, and
    /// the overload with <c>out</c> makes a stream of them. Duplicates are counted too. Lanes share the ids.
    /// </remarks>
    /// <example><code>
    /// payments.DistinctBy(p => p.Id, within: TimeSpan.FromMinutes(10))
    /// </code></example>
    public DataStream<T> DistinctBy<TId>(
        Func<T, TId> id, TimeSpan within, FirstBy first = FirstBy.EventTime, int maxRecords = MaxRecords)
        where TId : notnull => Distinct(id, within, first, maxRecords, null);

    /// <summary>
    /// Leaves out a record where one with the same id goes through a short time before or after it, and makes a stream
    /// of those that came too late to be judged.
    /// </summary>
    /// <typeparam name="TId">The type of the ids; its equality decides. Null is an error.</typeparam>
    /// <param name="id">The id of a record; for an id that is one only together with others, a tuple.</param>
    /// <param name="within">The span; more than zero.</param>
    /// <param name="late">The records that were behind the watermark by more than the span when they came.</param>
    /// <param name="first">Which record of an id goes through. Default: <see cref="FirstBy.EventTime"/>.</param>
    /// <param name="maxRecords">
    /// How many records may wait for the watermark on one lane; one more goes to the error policy. From 1. Default:
    /// 1,000,000.
    /// </param>
    /// <remarks>
    /// <inheritdoc cref="DistinctBy{TId}(Func{T, TId}, TimeSpan, FirstBy, int)" path="/remarks/node()"/>
    /// </remarks>
    public DataStream<T> DistinctBy<TId>(
        Func<T, TId> id,
        TimeSpan within,
        out DataStream<Late<T>> late,
        FirstBy first = FirstBy.EventTime,
        int maxRecords = MaxRecords)
        where TId : notnull
    {
        var node = new LateNode<T>();
        DataStream<T> distinct = Distinct(id, within, first, maxRecords, node);
        late = Then(node);
        return distinct;
    }

    private DataStream<T> Order(int maxRecords, LateNode<T>? late)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRecords);

        // Each lane would be in order for itself only.
        DataStream<T> whole = Node.IsParallel ? Then(new GatherNode<T>("gather", Node)) : this;
        KeyByNode<T, Unit> all =
            Builder.Graph.Add(new KeyByNode<T, Unit>(whole.Node, static _ => default, inPlace: true));
        return Then(new EventOrderNode<Unit, T>(all, maxRecords, late));
    }

    private DataStream<T> Distinct<TId>(
        Func<T, TId> id, TimeSpan within, FirstBy first, int maxRecords, LateNode<T>? late)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(within, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRecords);
        if (!Enum.IsDefined(first))
        {
            throw new ArgumentOutOfRangeException(nameof(first), first, "There is no such first record.");
        }

        KeyByNode<T, TId> ids = Builder.Graph.Add(new KeyByNode<T, TId>(Node, id, inPlace: false));
        return Then(new DistinctNode<TId, T>(ids, within.Ticks, first == FirstBy.EventTime ? maxRecords : null, late));
    }
}
