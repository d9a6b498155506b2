using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Publishes messages to a channel, in their order.</summary>
internal sealed class PublishCommands(RedisChannel channel, IReadOnlyList<RedisValue> messages) : Commands
{
    public override Task SendAsync(IDatabase database)
    {
        IBatch batch = database.CreateBatch();
        var answers = new Task[messages.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = batch.PublishAsync(channel, messages[i]);
        }

        batch.Execute();
        return Task.WhenAll(answers);
    }
}
