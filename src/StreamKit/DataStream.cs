using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit;

/// <summary>A stream of records, as a description: what is said about it happens when the pipeline runs.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// A stream may be used several times; each use sees every record. Delegates before <c>KeyBy</c> are called by one
/// thread at a time, those behind it by several lanes at the same time, each with its own keys; so they should be pure.
/// Outputs are called by one thread at a time everywhere. An exception in a delegate goes to the job's error policy.
/// </remarks>
public sealed partial class DataStream<T>
{
    internal DataStream(StreamBuilder builder, StreamNode<Batch<T>> node) => (Builder, Node) = (builder, node);

    internal StreamBuilder Builder { get; }

    internal StreamNode<Batch<T>> Node { get; }

    /// <summary>
    /// Gives the step that made this stream a name, by which metrics, errors and stored state know it.
    /// </summary>
    /// <param name="name">The name; no other step of the pipeline may have it.</param>
    public DataStream<T> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Node.GivenName = name;
        return this;
    }

    /// <summary>Gives every record its event time, and makes the stream's watermark.</summary>
    /// <param name="timestamp">
    /// The event time of a record: a <see cref="DateTimeOffset"/>, a <see cref="DateTime"/> that is not of kind
    /// unspecified, or a <see cref="Timestamp"/>.
    /// </param>
    /// <param name="watermarks">How the watermark is made; see <see cref="Watermarks"/>.</param>
    /// <remarks>
    /// Call it as close to the source as possible: watermarks are made split by split, and from every record, also from
    /// those that a later filter drops. Timestamps and watermarks from before are replaced.
    /// </remarks>
    /// <example><code>
    /// tweets.WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
    /// </code></example>
    public DataStream<T> WithEventTime(Func<T, Timestamp> timestamp, WatermarkStrategy<T> watermarks)
    {
        ArgumentNullException.ThrowIfNull(timestamp);
        ArgumentNullException.ThrowIfNull(watermarks);
        return Then(new EventTimeNode<T>(Node, timestamp, watermarks));
    }

    /// <summary>Keeps the records that satisfy a predicate.</summary>
    /// <param name="predicate">Whether a record is kept.</param>
    /// <example><code>
    /// tweets.Where(t => t.Language == "en")
    /// </code></example>
    public DataStream<T> Where(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Then(new OperatorNode<T, T>(
            "where", Node, (next, context) => Fusion.Where(predicate, next, context)));
    }

    /// <summary>Turns each record into another one; its event time stays.</summary>
    /// <typeparam name="TResult">The type of the new records.</typeparam>
    /// <param name="selector">The new record.</param>
    /// <example><code>
    /// tweets.Select(t => t.Text.Length)
    /// </code></example>
    public DataStream<TResult> Select<TResult>(Func<T, TResult> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Then(new OperatorNode<T, TResult>(
            "select", Node, (next, context) => Fusion.Select(selector, next, context)));
    }

    /// <summary>Turns each record into any number of others; its event time stays.</summary>
    /// <typeparam name="TResult">The type of the new records.</typeparam>
    /// <param name="selector">
    /// The new records, in their order; null stands for none. An array or a list costs no enumerator; a sequence is
    /// enumerated only as fast as the pipeline takes its records, so it may be long.
    /// </param>
    /// <example><code>
    /// tweets.SelectMany(t => t.Hashtags)
    /// </code></example>
    public DataStream<TResult> SelectMany<TResult>(Func<T, IEnumerable<TResult>?> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Then(new OperatorNode<T, TResult>(
            "select-many", Node, (next, context) => new SelectManyOperator<T, TResult>(selector, next, context)));
    }

    /// <summary>The records of this stream and of others, each in its own order, interleaved as they come.</summary>
    /// <param name="others">The other streams; they may have been begun apart, and belong
    /// to this pipeline then.</param>
    /// <remarks>The watermark is that of the slowest stream that is not idle.</remarks>
    /// <example><code>
    /// mobile.Merge(web, tablet)
    /// </code></example>
    public DataStream<T> Merge(params IReadOnlyList<DataStream<T>> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        foreach (DataStream<T> other in others)
        {
            Builder.Absorb(other.Builder);
        }

        return Then(new GatherNode<T>("merge", [Node, .. others.Select(static other => other.Node)]));
    }

    /// <summary>Lets what follows work beside what comes before, on another processor where there is one.</summary>
    /// <remarks>
    /// Steps follow each other in one thread up to an exchange, which is <see cref="KeyBy"/>, <see cref="Merge"/> or an
    /// output. Where a source and many steps come before the first of them, parting the work in halves may nearly
    /// double the speed. It costs the hand-over of each batch, so light work gets slower. Results and their order stay
    /// the same. Behind <see cref="KeyBy"/> each lane is parted.
    /// </remarks>
    /// <example><code>
    /// tweets.Select(t => Parse(t)).Pipelined().SelectMany(t => t.Hashtags)
    /// </code></example>
    public DataStream<T> Pipelined() => Then(GatherNode<T>.Pipelined(Node));

    /// <summary>
    /// Parts the stream by key: what follows looks at each key for itself, on as many lanes as the job has.
    /// </summary>
    /// <typeparam name="TKey">
    /// The type of the keys; its equality decides. Text compares by its characters, case and all. Null is an error.
    /// </typeparam>
    /// <param name="key">The key of a record.</param>
    /// <example><code>
    /// clicks.KeyBy(c => c.UserId)
    /// </code></example>
    public KeyedStream<TKey, T> KeyBy<TKey>(Func<T, TKey> key)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KeyedStream<TKey, T>(this, key);
    }

    /// <summary>
    /// Says that results which replace each other may be written one after the other to a sink that appends.
    /// </summary>
    public DataStream<T> AsAppend() => Then(new AppendNode<T>(Node));

    internal DataStream<TResult> Then<TResult>(RecordsNode<TResult> node) => new(Builder, Builder.Graph.Add(node));
}
