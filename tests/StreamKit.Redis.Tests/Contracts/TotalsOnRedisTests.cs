namespace StreamKit.Redis.Tests.Contracts;

public sealed class TotalsOnRedisTests(TestServers servers) : TotalsContract(servers, ServerKind.Redis);
