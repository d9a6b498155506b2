using StreamKit.Kafka.Rebalance;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>
/// The short form of what <c>dotnet run -c Release --project tests/StreamKit.Kafka.Rebalance -- --rebalances 100</c>
/// does.
/// </summary>
public sealed class RebalanceTests
{
    [Fact]
    public async Task EveryRecordIsCountedOnceWhileMembersOfAGroupComeAndGo()
    {
        var run = new RebalanceRun { Rebalances = 10, Records = 100_000, Seed = 7 };
        RebalanceReport report = await run.RunAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(report.IsRight, report.ToString());
        Assert.Equal(10, report.Joins + report.Leaves);
        Assert.True(report.HandedOver > 0, report.ToString());
    }
}
