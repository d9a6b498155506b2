using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Hashes: members are fields, and many of them travel in one command.</summary>
internal sealed class HashForm(TimeSpan? expireAfter) : KeyForm(expireAfter)
{
    protected override void Add(KeyChanges changes, List<Func<IDatabaseAsync, Task>> commands)
    {
        RedisValue[] removed = changes.Removed;
        HashEntry[] entries = [.. changes.Sets.Select(static set => new HashEntry(set.Member, set.Value))];
        if (removed.Length > 0)
        {
            commands.Add(target => target.HashDeleteAsync(changes.Key, removed));
        }

        if (entries.Length > 0)
        {
            commands.Add(target => target.HashSetAsync(changes.Key, entries));
        }
    }
}
