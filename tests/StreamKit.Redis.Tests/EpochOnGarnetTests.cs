namespace StreamKit.Redis.Tests;

public sealed class EpochOnGarnetTests(TestServers servers) : EpochTests(servers, ServerKind.Garnet);
