using System.Globalization;
using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Entries of a stream.</summary>
internal sealed class StreamEpochForm<T>(
    string stream, Func<T, NameValueEntry[]> fields, RedisStreamSinkOptions options)
    : EpochForm<T>(stream, options.ExpireAfter)
{
    protected override string Apply { get; } =
        // The length fails where the key is something else, before anything is written.
        $"""
        redis.call('XLEN', KEYS[2])
        local i = {FirstArgument}
        while i <= #ARGV do
          local n = tonumber(ARGV[i])
          redis.call('XADD', KEYS[2], '*', unpack(ARGV, i + 1, i + n))
          i = i + n + 1
        end
        """
        + (options.MaxLength is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"\nredis.call('XTRIM', KEYS[2], 'MAXLEN', '~', {most})")
            : "");

    public override RedisValue[] ArgumentsOf(T record)
    {
        NameValueEntry[] entry = StreamFields.Checked(fields(record));
        var arguments = new RedisValue[2 * entry.Length];
        for (int i = 0; i < entry.Length; i++)
        {
            arguments[2 * i] = entry[i].Name;
            arguments[(2 * i) + 1] = entry[i].Value;
        }

        return arguments;
    }

    public override void Gather(IReadOnlyList<RedisValue[]> records, List<RedisValue> arguments)
    {
        foreach (RedisValue[] record in records)
        {
            arguments.Add(record.Length);
            arguments.AddRange(record);
        }
    }

    public override Commands CommandsOf(ReadOnlyMemory<T> records) =>
        StreamFields.CommandsOf(stream, records, fields, options);
}
