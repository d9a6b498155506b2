using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Writing;
using StreamKit.Windowing;

namespace StreamKit.Redis;

/// <summary>Sinks that write to Redis, or to a server that speaks its language.</summary>
/// <remarks>
/// <para>
/// The records of a batch are gathered by key, so that many fields travel in one command, and batches are on their way
/// while the next is made; how many, and how long a server may be away, say the options. A slow server slows the
/// pipeline.
/// </para>
/// <para>
/// A pattern names the keys of windows: "counts:{start}" is "counts:2026-09-01T12:00:00Z" for the window that starts
/// then. {end} is its end; {start:yyyyMMddHHmm} gives the instant, in UTC, a form of its own; a brace that is to stay,
/// as in a hash tag of a cluster, is written twice.
/// </para>
/// <para>
/// Redis acknowledges a write before it is on a disk: what a server loses when it crashes, or when another takes its
/// place, no sink can promise.
/// </para>
/// </remarks>
public static class RedisSink
{
    /// <summary>Keeps the results of each window in a hash of its own: a field for each key.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="key">The pattern of the hashes' names, such as "counts:{start}".</param>
    /// <param name="field">The field of a key; null: its text, where it is text, a number or a date.</param>
    /// <param name="value">What is kept of a result; null: the same. Null from it removes the field.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>
    /// A later result for the same key and window replaces the one before, a retraction removes it, and what is written
    /// again after a failure replaces itself: every result is there once.
    /// </remarks>
    /// <exception cref="ArgumentException">The pattern names no window, or a type needs a delegate.</exception>
    /// <example><code>counts.To(RedisSink.Hash&lt;string, long&gt;("localhost", "counts:{start}"))</code></example>
    public static ISink<WindowResult<TKey, TValue>> Hash<TKey, TValue>(
        RedisConnection connection,
        string key,
        Func<TKey, RedisValue>? field = null,
        Func<TValue, RedisValue>? value = null,
        RedisSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RedisSinkOptions write = (options ?? new()).Validated();
        Func<WindowKeys> keys = WindowKeys.Parse(key);
        field ??= RedisText.Of<TKey>(nameof(field));
        value ??= RedisText.Of<TValue>(nameof(value));
        return new KeySink<WindowResult<TKey, TValue>>(
            connection, SinkMode.Retract, new HashForm(write.ExpireAfter), Change, write);

        RecordChange<WindowResult<TKey, TValue>> Change()
        {
            WindowKeys names = keys();
            return new(
                result => names.Of(result.Window),
                (result, changes) => changes.Set(
                    field(result.Key), result.Pane.IsRetraction ? RedisValue.Null : value(result.Value)));
        }
    }

    /// <summary>Keeps the newest value of each field in hashes.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="key">The name of the hash that a record belongs to.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">The value; null removes the field.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>What is written again after a failure replaces itself.</remarks>
    public static ISink<T> Hash<T>(
        RedisConnection connection,
        Func<T, RedisKey> key,
        Func<T, RedisValue> field,
        Func<T, RedisValue> value,
        RedisSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(value);
        RedisSinkOptions write = (options ?? new()).Validated();
        var change = new RecordChange<T>(key, (record, changes) => changes.Set(field(record), value(record)));
        return new KeySink<T>(connection, SinkMode.Upsert, new HashForm(write.ExpireAfter), () => change, write);
    }

    /// <summary>Keeps the results of each window in a sorted set of its own: a member for each key.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="key">The pattern of the sets' names, such as "top:{start}".</param>
    /// <param name="score">The score of a result; null: the result, where it is a number.</param>
    /// <param name="member">The member of a key; null: its text, where it is text, a number or a date.</param>
    /// <param name="options">How to write, and how many members to keep; null for the defaults.</param>
    /// <remarks>
    /// A later result for the same key and window replaces the one before, a retraction removes it, and what is written
    /// again after a failure replaces itself.
    /// </remarks>
    /// <exception cref="ArgumentException">The pattern names no window, or a type needs a delegate.</exception>
    public static ISink<WindowResult<TKey, TValue>> SortedSet<TKey, TValue>(
        RedisConnection connection,
        string key,
        Func<TValue, double>? score = null,
        Func<TKey, RedisValue>? member = null,
        RedisSortedSetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RedisSortedSetOptions write = (options ?? new()).Validated();
        Func<WindowKeys> keys = WindowKeys.Parse(key);
        score ??= RedisText.ScoreOf<TValue>(nameof(score));
        member ??= RedisText.Of<TKey>(nameof(member));
        return new KeySink<WindowResult<TKey, TValue>>(
            connection, SinkMode.Retract, new SortedSetForm(write.ExpireAfter, write.KeepTop), Change, write);

        RecordChange<WindowResult<TKey, TValue>> Change()
        {
            WindowKeys names = keys();
            return new(
                result => names.Of(result.Window),
                (result, changes) => changes.Set(
                    member(result.Key), result.Pane.IsRetraction ? RedisValue.Null : Checked(score(result.Value))));
        }
    }

    /// <summary>Keeps the newest score of each member in sorted sets.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="key">The name of the set that a record belongs to.</param>
    /// <param name="member">The member.</param>
    /// <param name="score">The score; null removes the member.</param>
    /// <param name="options">How to write, and how many members to keep; null for the defaults.</param>
    /// <remarks>What is written again after a failure replaces itself.</remarks>
    public static ISink<T> SortedSet<T>(
        RedisConnection connection,
        Func<T, RedisKey> key,
        Func<T, RedisValue> member,
        Func<T, double?> score,
        RedisSortedSetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(score);
        RedisSortedSetOptions write = (options ?? new()).Validated();
        var change = new RecordChange<T>(
            key,
            (record, changes) => changes.Set(
                member(record), score(record) is { } its ? Checked(its) : RedisValue.Null));
        var form = new SortedSetForm(write.ExpireAfter, write.KeepTop);
        return new KeySink<T>(connection, SinkMode.Upsert, form, () => change, write);
    }

    /// <summary>Keeps the ranking of each window, as <c>TopK</c> makes it, in a sorted set of its own.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="key">The pattern of the sets' names, such as "top:{start}".</param>
    /// <param name="score">The score of a result; null: the result, where it is a number.</param>
    /// <param name="member">The member of a key; null: its text, where it is text, a number or a date.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>
    /// A later ranking of the same window replaces the one before as a whole and at once: a reader sees the one or the
    /// other. What is written again after a failure replaces itself.
    /// </remarks>
    /// <exception cref="ArgumentException">The pattern names no window, or a type needs a delegate.</exception>
    public static ISink<WindowRanking<TKey, TValue>> Ranking<TKey, TValue>(
        RedisConnection connection,
        string key,
        Func<TValue, double>? score = null,
        Func<TKey, RedisValue>? member = null,
        RedisSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        RedisSinkOptions write = (options ?? new()).Validated();
        Func<WindowKeys> keys = WindowKeys.Parse(key);
        score ??= RedisText.ScoreOf<TValue>(nameof(score));
        member ??= RedisText.Of<TKey>(nameof(member));
        return new KeySink<WindowRanking<TKey, TValue>>(
            connection, SinkMode.Upsert, new RankingForm(write.ExpireAfter), Change, write);

        RecordChange<WindowRanking<TKey, TValue>> Change()
        {
            WindowKeys names = keys();
            return new(ranking => names.Of(ranking.Window), (ranking, changes) =>
            {
                changes.Clear();
                foreach (WindowResult<TKey, TValue> item in ranking.Items)
                {
                    changes.Set(member(item.Key), Checked(score(item.Value)));
                }
            });
        }
    }

    /// <summary>Adds each record to a stream.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The server; Garnet has no streams.</param>
    /// <param name="stream">The name of the stream.</param>
    /// <param name="fields">The fields of an entry: 1 to 1,000.</param>
    /// <param name="options">How to write, and how much to keep; null for the defaults.</param>
    /// <remarks>
    /// The entries keep the order of the records, and those of a batch come all at once. After a failure they may be
    /// there twice, also where only an answer of the server was lost; with
    /// <see cref="RedisStreamSinkOptions.ExactlyOnce"/>, in a job that takes checkpoints, each is there once.
    /// </remarks>
    public static ISink<T> Stream<T>(
        RedisConnection connection,
        string stream,
        Func<T, NameValueEntry[]> fields,
        RedisStreamSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentNullException.ThrowIfNull(fields);
        RedisStreamSinkOptions write = (options ?? new()).Validated();
        return write.ExactlyOnce
            ? new EpochSink<T>(connection, write, new StreamEpochForm<T>(stream, fields, write))
            : new AppendSink<T>(
                connection, write, records => StreamFields.CommandsOf(stream, records, fields, write));
    }

    /// <summary>Publishes each record as a message of a channel.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="channel">The name of the channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>
    /// Messages keep the order of the records and reach whoever listens at that moment; nobody can ask for them later.
    /// After a failure they may come twice.
    /// </remarks>
    /// <exception cref="ArgumentException">The options give an expiry, but a channel keeps nothing.</exception>
    public static ISink<T> Publish<T>(
        RedisConnection connection, string channel, Func<T, RedisValue> message, RedisSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(channel);
        ArgumentNullException.ThrowIfNull(message);
        RedisSinkOptions write = (options ?? new()).Validated();
        if (write.ExpireAfter is not null)
        {
            throw new ArgumentException(
                "A channel keeps nothing that could expire: leave out ExpireAfter.", nameof(options));
        }

        RedisChannel to = RedisChannel.Literal(channel);
        return new AppendSink<T>(connection, write, records =>
        {
            var messages = new RedisValue[records.Length];
            for (int i = 0; i < messages.Length; i++)
            {
                messages[i] = message(records.Span[i]);
            }

            return new PublishCommands(to, messages);
        });
    }

    /// <summary>Adds to totals in a hash, so that each record counts exactly once.</summary>
    /// <typeparam name="T">The type of the records; it needs a serializer, as they lie in the checkpoint.</typeparam>
    /// <param name="connection">The server; it must allow Lua scripts.</param>
    /// <param name="hash">The name of the hash.</param>
    /// <param name="field">The field of a record.</param>
    /// <param name="by">By how much it grows; may be negative.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>
    /// Totals grow with the checkpoint that holds the records. How far was added lies in a hash beside it,
    /// "{hash}:streamkit:" and the sink's name: it belongs to the totals. In a job that takes no checkpoints a batch
    /// whose answer was lost fails the job, because nobody knows whether it counts.
    /// </remarks>
    public static ISink<T> Increment<T>(
        RedisConnection connection,
        string hash,
        Func<T, RedisValue> field,
        Func<T, long> by,
        RedisSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(hash);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(by);
        RedisSinkOptions write = (options ?? new()).Validated();
        return new EpochSink<T>(
            connection, write, new IncrementEpochForm<T>(hash, field, by, write.ExpireAfter));
    }

    private static RedisValue Checked(double score) => double.IsNaN(score)
        ? throw new ArithmeticException("NaN is no score: a sorted set could not say where its member belongs.")
        : score;
}
