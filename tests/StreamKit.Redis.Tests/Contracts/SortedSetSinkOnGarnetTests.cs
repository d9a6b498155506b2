namespace StreamKit.Redis.Tests.Contracts;

public sealed class SortedSetSinkOnGarnetTests(TestServers servers) : SortedSetSinkContract(servers, ServerKind.Garnet);
