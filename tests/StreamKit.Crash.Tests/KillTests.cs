namespace StreamKit.Crash.Tests;

/// <summary>
/// The short form of what <c>dotnet run -c Release --project tests/StreamKit.Crash -- --kills 200</c> does.
/// </summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 5)]
    public async Task AProgramThatIsKilledAgainAndAgainWritesWhatAnUndisturbedOneWrites(int lanes, int kills)
    {
        var run = new CrashRun { Kills = kills, Lanes = lanes, Seed = 20 + lanes };
        CrashReport report = await run.RunAsync(TestContext.Current.CancellationToken);
        Assert.True(report.Kills >= kills, report.ToString());
        Assert.True(report.Restores > 0, report.ToString());
    }
}
