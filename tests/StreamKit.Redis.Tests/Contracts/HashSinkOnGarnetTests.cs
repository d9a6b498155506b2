namespace StreamKit.Redis.Tests.Contracts;

public sealed class HashSinkOnGarnetTests(TestServers servers) : HashSinkContract(servers, ServerKind.Garnet);
