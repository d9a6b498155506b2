using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>What a key holds, and with which commands it is changed.</summary>
internal abstract class KeyForm(TimeSpan? expireAfter)
{
    /// <summary>The commands for one key, in their order; each adds its answer.</summary>
    public IReadOnlyList<Func<IDatabaseAsync, Task>> CommandsOf(KeyChanges changes)
    {
        var commands = new List<Func<IDatabaseAsync, Task>>(4);
        Add(changes, commands);
        if (expireAfter is { } expiry)
        {
            commands.Add(target => target.KeyExpireAsync(changes.Key, expiry));
        }

        return commands;
    }

    protected abstract void Add(KeyChanges changes, List<Func<IDatabaseAsync, Task>> commands);
}
