using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Makes entries of a stream out of records.</summary>
internal static class StreamFields
{
    // A script hands the fields of an entry on as arguments of a call, and there is room for some thousands.
    private const int Most = 1000;

    /// <summary>The fields of an entry, if it can be one.</summary>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public static NameValueEntry[] Checked(NameValueEntry[]? fields) => fields is { Length: > 0 and <= Most }
        ? fields
        : throw new ArgumentException(
            $"An entry of a stream has 1 to {Most} fields, and a record came with {fields?.Length ?? 0}.",
            nameof(fields));

    public static StreamCommands CommandsOf<T>(
        string stream,
        ReadOnlyMemory<T> records,
        Func<T, NameValueEntry[]> fields,
        RedisStreamSinkOptions options)
    {
        var entries = new NameValueEntry[records.Length][];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = Checked(fields(records.Span[i]));
        }

        return new StreamCommands(stream, entries, options);
    }
}
