using System.Diagnostics;

namespace StreamKit.Crash.Tests;

/// <summary>The sample SurviveACrash, run as a user runs it.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task TheSampleLosesNothingAndCountsNothingTwice()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "SurviveACrash.dll");
        using Process run = Process.Start(
            new ProcessStartInfo("dotnet", [program, "3"]) { RedirectStandardOutput = true })!;
        string output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("counted 600000 of 600000 lines in 1206 results", output, StringComparison.Ordinal);
        Assert.Contains("nothing is lost, nothing counts twice.", output, StringComparison.Ordinal);
    }
}
