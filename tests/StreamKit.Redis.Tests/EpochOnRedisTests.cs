namespace StreamKit.Redis.Tests;

public sealed class EpochOnRedisTests(TestServers servers) : EpochTests(servers, ServerKind.Redis);
