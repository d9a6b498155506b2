namespace StreamKit.Redis.Tests.Contracts;

public sealed class HashSinkOnRedisTests(TestServers servers) : HashSinkContract(servers, ServerKind.Redis);
