using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Sorted sets that are replaced as a whole.</summary>
internal sealed class RankingForm(TimeSpan? expireAfter) : KeyForm(expireAfter)
{
    protected override void Add(KeyChanges changes, List<Func<IDatabaseAsync, Task>> commands)
    {
        commands.Add(target => target.KeyDeleteAsync(changes.Key));
        if (SortedSetForm.EntriesOf(changes) is { Length: > 0 } entries)
        {
            commands.Add(target => target.SortedSetAddAsync(changes.Key, entries));
        }
    }
}
