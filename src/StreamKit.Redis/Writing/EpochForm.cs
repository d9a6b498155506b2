using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>How the records of an epoch are written together with its marker.</summary>
internal abstract class EpochForm<T>(RedisKey key, TimeSpan? expireAfter)
{
    /// <summary>How many arguments of a script the part for the marker has.</summary>
    protected const int FirstArgument = 7;

    // What every script begins with: it does nothing unless the marker is where the writer believes it to be, and says
    // where it is. A script is carried out as a whole, so whoever comes second finds that it was moved.
    private const string Guard = """
        local state = redis.call('HMGET', KEYS[1], 'epoch', 'written', 'print')
        local epoch, written = tonumber(state[1] or '0'), tonumber(state[2] or '0')
        if epoch ~= tonumber(ARGV[1]) - 1 or written ~= tonumber(ARGV[2]) then
          return {epoch, written, state[3] or ''}
        end

        """;

    private const string Move = """

        if ARGV[6] ~= '0' then redis.call('PEXPIRE', KEYS[2], ARGV[6]) end
        if ARGV[4] == '1' then
          redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
          redis.call('HDEL', KEYS[1], 'written', 'print')
          return {tonumber(ARGV[1]), 0, ''}
        end
        redis.call('HSET', KEYS[1], 'written', ARGV[3], 'print', ARGV[5])
        return {epoch, tonumber(ARGV[3]), ARGV[5]}
        """;

    private string? _script;

    /// <summary>The key that is written to.</summary>
    public RedisKey Key { get; } = key;

    public TimeSpan? ExpireAfter { get; } = expireAfter;

    /// <summary>The script that writes a part of an epoch and moves the marker.</summary>
    /// <remarks>
    /// KEYS: the marker, the key. ARGV: the epoch; how many of its records were written before; how many after; whether
    /// the epoch ends here; the print of its records so far; the expiry in milliseconds or 0; then what
    /// <see cref="Gather"/> adds.
    /// </remarks>
    public string Script => _script ??= Guard + Apply + Move;

    /// <summary>
    /// The lines between. They fail before they have written anything, or take it back: a script that fails half-way
    /// leaves what it has done.
    /// </summary>
    protected abstract string Apply { get; }

    /// <summary>What a record is to the server, in full.</summary>
    /// <exception cref="ArgumentException">Redis has no room for such a record.</exception>
    public abstract RedisValue[] ArgumentsOf(T record);

    /// <summary>Adds the arguments of a script for several records.</summary>
    public abstract void Gather(IReadOnlyList<RedisValue[]> records, List<RedisValue> arguments);

    /// <summary>The commands in a job that takes no checkpoints.</summary>
    public abstract Commands CommandsOf(ReadOnlyMemory<T> records);
}
