using StreamKit.Twitter.Simulator;

namespace HashtagTracker.Tests.Contract;

/// <summary>The program counts a live stream, through its breaks.</summary>
public class LiveTests
{
    private const string TokenVariable = "STREAMKIT_TEST_BEARER";

    [Fact]
    public async Task TheFilteredStreamOfXIsCountedThroughABreak()
    {
        Environment.SetEnvironmentVariable(TokenVariable, "a-token");
        await using TwitterSimulator x = await TwitterSimulator.StartAsync(
            new() { BearerToken = "a-token", PostsPerSecond = 100 }, Token);
        x.AddRule("#streams");
        await using var tracker = TrackerProcess.Start(
            "--twitter", x.Endpoint.AbsoluteUri, "--bearer-env", TokenVariable, "--no-dashboard", "--window", "500ms",
            "--out-of-orderness", "0s");
        Assert.Equal("window_start,hashtag,count", await tracker.Output.ReadLineAsync(Token));
        Assert.Contains(",streams,", await FirstAsync(tracker), StringComparison.Ordinal);
        x.Inject(StreamFault.BrokenLine);
        x.Inject(StreamFault.Disconnect());
        while (x.StreamRequests.Count < 2)
        {
            await tracker.Output.ReadLineAsync(Token);
        }

        Assert.Contains(",streams,", await FirstAsync(tracker), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenThatDoesNotOpenEndsTheProgramWithOneLine()
    {
        Environment.SetEnvironmentVariable(TokenVariable + "_WRONG", "wrong-token");
        await using TwitterSimulator x = await TwitterSimulator.StartAsync(new() { BearerToken = "a-token" }, Token);
        await using var tracker = TrackerProcess.Start(
            "--twitter", x.Endpoint.AbsoluteUri, "--bearer-env", TokenVariable + "_WRONG", "--no-dashboard");
        TrackerRun run = await tracker.EndAsync(Token);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("401", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-token", run.Error, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<string> FirstAsync(TrackerProcess tracker)
    {
        while (true)
        {
            string line = await tracker.Output.ReadLineAsync(Token) ?? throw new EndOfStreamException();
            if (line.Contains(",streams,", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
