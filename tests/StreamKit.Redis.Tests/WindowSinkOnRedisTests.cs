namespace StreamKit.Redis.Tests;

public sealed class WindowSinkOnRedisTests(TestServers servers) : WindowSinkTests(servers, ServerKind.Redis);
