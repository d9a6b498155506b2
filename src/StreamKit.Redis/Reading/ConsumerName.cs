using StackExchange.Redis;

namespace StreamKit.Redis.Reading;

/// <summary>A consumer of a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Name">The consumer.</param>
internal sealed record ConsumerName(string Group, string Name)
{
    /// <summary>
    /// The consumer that entries of others are taken over by. Their IDs are in no order with what the server gives, so
    /// that one consumer for both could not tell by a position what it had read.
    /// </summary>
    public RedisValue Claimer { get; } = Name + ":claimed";

    public bool IsOwn(RedisValue consumer) => consumer == Name || consumer == Claimer;
}
