using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Adds entries to a stream, all or none, in their order.</summary>
internal sealed class StreamCommands(
    RedisKey stream, IReadOnlyList<NameValueEntry[]> entries, RedisStreamSinkOptions options) : Commands
{
    public override Task SendAsync(IDatabase database)
    {
        // Without a transaction a connection that breaks in the middle could leave a hole, and what comes behind it.
        ITransaction transaction = database.CreateTransaction();
        var answers = new List<Task>(entries.Count + 2);
        for (int i = 0; i < entries.Count; i++)
        {
            // To remove what is too old once for each batch is enough.
            long? maxLength = i == entries.Count - 1 ? options.MaxLength : null;
            answers.Add(transaction.StreamAddAsync(
                stream, entries[i], messageId: null, maxLength, useApproximateMaxLength: true, limit: null));
        }

        if (options.ExpireAfter is { } expiry)
        {
            answers.Add(transaction.KeyExpireAsync(stream, expiry));
        }

        answers.Add(ExecuteAsync(transaction));
        return Task.WhenAll(answers);
    }
}
