namespace StreamKit.Redis.Tests.Contracts;

public sealed class TotalsOnGarnetTests(TestServers servers) : TotalsContract(servers, ServerKind.Garnet);
