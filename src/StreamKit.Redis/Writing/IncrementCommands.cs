using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Adds to the fields of a hash, all or none.</summary>
internal sealed class IncrementCommands(
    RedisKey hash, IReadOnlyDictionary<RedisValue, long> sums, TimeSpan? expireAfter) : Commands
{
    // Nobody could tell whether they count twice.
    public override bool MayRepeat => false;

    public override Task SendAsync(IDatabase database)
    {
        ITransaction transaction = database.CreateTransaction();
        var answers = new List<Task>(sums.Count + 2);
        foreach ((RedisValue field, long sum) in sums)
        {
            answers.Add(transaction.HashIncrementAsync(hash, field, sum));
        }

        if (expireAfter is { } expiry)
        {
            answers.Add(transaction.KeyExpireAsync(hash, expiry));
        }

        answers.Add(ExecuteAsync(transaction));
        return Task.WhenAll(answers);
    }
}
