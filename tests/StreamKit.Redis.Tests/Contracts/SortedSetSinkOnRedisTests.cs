namespace StreamKit.Redis.Tests.Contracts;

public sealed class SortedSetSinkOnRedisTests(TestServers servers) : SortedSetSinkContract(servers, ServerKind.Redis);
