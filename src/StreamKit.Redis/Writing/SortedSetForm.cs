using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Sorted sets: values are scores, and only the best may be kept.</summary>
internal sealed class SortedSetForm(TimeSpan? expireAfter, int? keepTop) : KeyForm(expireAfter)
{
    public static SortedSetEntry[] EntriesOf(KeyChanges changes) =>
        [.. changes.Sets.Select(static set => new SortedSetEntry(set.Member, (double)set.Value))];

    protected override void Add(KeyChanges changes, List<Func<IDatabaseAsync, Task>> commands)
    {
        RedisValue[] removed = changes.Removed;
        SortedSetEntry[] entries = EntriesOf(changes);
        if (removed.Length > 0)
        {
            commands.Add(target => target.SortedSetRemoveAsync(changes.Key, removed));
        }

        if (entries.Length > 0)
        {
            commands.Add(target => target.SortedSetAddAsync(changes.Key, entries));
            if (keepTop is { } most)
            {
                // Ranks count from the lowest score; the last of those to go is the one below the best.
                commands.Add(target => target.SortedSetRemoveRangeByRankAsync(changes.Key, 0, -most - 1));
            }
        }
    }
}
