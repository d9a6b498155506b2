using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Totals in the fields of a hash.</summary>
internal sealed class IncrementEpochForm<T>(
    string hash, Func<T, RedisValue> field, Func<T, long> by, TimeSpan? expireAfter)
    : EpochForm<T>(hash, expireAfter)
{
    // What one field refuses, because it holds no number or would overflow, is found in the middle: what was added
    // before is taken back, so that the part is there as a whole or not at all.
    protected override string Apply { get; } =
        $$"""
        redis.call('HLEN', KEYS[2])
        for i = {{FirstArgument}}, #ARGV, 2 do
          local reply = redis.pcall('HINCRBY', KEYS[2], ARGV[i], ARGV[i + 1])
          if type(reply) == 'table' and reply.err then
            for j = {{FirstArgument}}, i - 2, 2 do
              local by = ARGV[j + 1]
              if string.sub(by, 1, 1) == '-' then by = string.sub(by, 2) elseif by ~= '0' then by = '-' .. by end
              redis.call('HINCRBY', KEYS[2], ARGV[j], by)
            end
            return reply
          end
        end
        """;

    public override RedisValue[] ArgumentsOf(T record) => [field(record), by(record)];

    public override void Gather(IReadOnlyList<RedisValue[]> records, List<RedisValue> arguments)
    {
        foreach ((RedisValue its, long sum) in SumsOf(records.Select(static record => (record[0], (long)record[1]))))
        {
            arguments.Add(its);
            arguments.Add(sum);
        }
    }

    public override Commands CommandsOf(ReadOnlyMemory<T> records)
    {
        var added = new (RedisValue Field, long By)[records.Length];
        for (int i = 0; i < added.Length; i++)
        {
            added[i] = (field(records.Span[i]), by(records.Span[i]));
        }

        return new IncrementCommands(Key, SumsOf(added), ExpireAfter);
    }

    private static Dictionary<RedisValue, long> SumsOf(IEnumerable<(RedisValue Field, long By)> added)
    {
        var sums = new Dictionary<RedisValue, long>();
        foreach ((RedisValue its, long more) in added)
        {
            // -2^63 has no opposite, and the script may have to take a sum back.
            long sum = checked(sums.GetValueOrDefault(its) + more);
            sums[its] = sum != long.MinValue ? sum : throw new OverflowException($"The total of '{its}' overflows.");
        }

        return sums;
    }
}
