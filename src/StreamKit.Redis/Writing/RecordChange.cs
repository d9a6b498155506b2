using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>What a record changes, and under which key.</summary>
/// <param name="KeyOf">The key.</param>
/// <param name="Apply">Notes the change.</param>
internal sealed record RecordChange<T>(Func<T, RedisKey> KeyOf, Action<T, KeyChanges> Apply);
