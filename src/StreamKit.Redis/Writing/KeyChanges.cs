using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>What a batch of records changes under one key: members get values, or are removed.</summary>
internal sealed class KeyChanges(RedisKey key)
{
    private readonly List<(RedisValue Member, RedisValue Value)> _sets = [];

    // Only where something is removed, which is rare: then the order of one member's changes matters.
    private Dictionary<RedisValue, RedisValue>? _last;

    public RedisKey Key { get; } = key;

    /// <summary>The members that get values; the last value of a member counts.</summary>
    public IReadOnlyList<(RedisValue Member, RedisValue Value)> Sets => _last is { } last
        ? [.. last.Where(static pair => !pair.Value.IsNull).Select(static pair => (pair.Key, pair.Value))]
        : _sets;

    public RedisValue[] Removed => _last is { } last
        ? [.. last.Where(static pair => pair.Value.IsNull).Select(static pair => pair.Key)]
        : [];

    /// <summary>Gives a member its value; null removes it.</summary>
    public void Set(RedisValue member, RedisValue value)
    {
        if (value.IsNull && _last is null)
        {
            _last = [];
            foreach ((RedisValue known, RedisValue its) in _sets)
            {
                _last[known] = its;
            }
        }

        if (_last is { } last)
        {
            last[member] = value;
        }
        else
        {
            _sets.Add((member, value));
        }
    }

    /// <summary>Forgets what was noted before.</summary>
    public void Clear()
    {
        _sets.Clear();
        _last = null;
    }
}
