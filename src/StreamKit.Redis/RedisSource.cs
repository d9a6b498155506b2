using StackExchange.Redis;
using StreamKit.Connectors;
using StreamKit.Redis.Reading;

namespace StreamKit.Redis;

/// <summary>Sources that read streams of Redis.</summary>
/// <remarks>
/// <para>
/// Each stream is a split, named after its key, and read in the order of its IDs. An entry that the delegate makes no
/// record of, because it throws, goes to the error policy of the job with the stream, its ID and its fields, and
/// reading goes on behind it.
/// </para>
/// <para>
/// The source asks the server again and again, at once where there was something and less and less often where not: the
/// client shares one connection among all, so that no read may wait at the server.
/// </para>
/// </remarks>
public static class RedisSource
{
    /// <summary>Reads a stream by the IDs of its entries.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="stream">The name of the stream; it may come later.</param>
    /// <param name="record">Makes a record of an entry, or throws where it is none.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>
    /// The position is the ID of the last entry, so every entry that the server still has can be read again. Where it
    /// has removed the last entry that was read, the job fails rather than to miss what came behind it.
    /// </remarks>
    public static ISource<T> Stream<T>(
        RedisConnection connection,
        string stream,
        Func<StreamEntry, T> record,
        RedisStreamSourceOptions? options = null) => Stream(connection, [stream], record, options);

    /// <summary>Reads several streams by the IDs of their entries, each a split with a watermark of its own.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="streams">The names of the streams.</param>
    /// <param name="record">Makes a record of an entry, or throws where it is none.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    public static ISource<T> Stream<T>(
        RedisConnection connection,
        IReadOnlyList<string> streams,
        Func<StreamEntry, T> record,
        RedisStreamSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(record);
        return new StreamSource<T>(connection, Checked(streams), record, (options ?? new()).Validated());
    }

    /// <summary>Reads a stream as a consumer of a group, which shares the entries among its consumers.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connection">The server.</param>
    /// <param name="stream">The name of the stream; it is made where there is none.</param>
    /// <param name="group">The name of the group; it is made where there is none.</param>
    /// <param name="consumer">
    /// The name of this reader: the same each time that the program is started, because the server remembers by it
    /// what was not acknowledged, and another for each program that reads at the same time.
    /// </param>
    /// <param name="record">Makes a record of an entry, or throws where it is none.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>
    /// An entry is acknowledged once a checkpoint that holds it is complete; in a job that takes none, once it was
    /// handed on. What was not acknowledged is read again after a failure. What other consumers have left behind is
    /// taken over where <see cref="RedisGroupSourceOptions.ClaimAfter"/> says so.
    /// </remarks>
    public static ISource<T> Group<T>(
        RedisConnection connection,
        string stream,
        string group,
        string consumer,
        Func<StreamEntry, T> record,
        RedisGroupSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(group);
        ArgumentException.ThrowIfNullOrEmpty(consumer);
        ArgumentNullException.ThrowIfNull(record);
        RedisGroupSourceOptions read = (options ?? new()).Validated();
        return new GroupSource<T>(connection, Checked([stream]), new ConsumerName(group, consumer), record, read);
    }

    /// <summary>When an entry was added, by the server's clock: the first half of an ID that the server made.</summary>
    /// <param name="entry">The entry.</param>
    public static DateTimeOffset TimeOf(StreamEntry entry) =>
        DateTimeOffset.FromUnixTimeMilliseconds(checked((long)StreamId.Parse(entry.Id).Milliseconds));

    private static string[] Checked(IReadOnlyList<string> streams)
    {
        ArgumentNullException.ThrowIfNull(streams);
        foreach (string stream in streams)
        {
            ArgumentException.ThrowIfNullOrEmpty(stream, nameof(streams));
        }

        string[] names = [.. streams];
        return names.Length > 0 && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? names
            : throw new ArgumentException("Name at least one stream, and each once.", nameof(streams));
    }
}
