namespace StreamKit.Redis.Tests;

public sealed class WindowSinkOnGarnetTests(TestServers servers) : WindowSinkTests(servers, ServerKind.Garnet);
