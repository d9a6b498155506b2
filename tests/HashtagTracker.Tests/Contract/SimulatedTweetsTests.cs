using System.Text;

namespace HashtagTracker.Tests.Contract;

public sealed class SimulatedTweetsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASeedGivesTheSameBytesWithOneLaneAndWithThree()
    {
        byte[] one = await CountAsync("one.csv", "--tweets=200000", "--lanes=1");
        byte[] three = await CountAsync("three.csv", "--tweets=200000", "--lanes=3");

        Assert.True(one.Length > 1_000_000);
        Assert.True(one.AsSpan().SequenceEqual(three), "one lane and three lanes wrote different counts");
    }

    [Fact]
    public async Task AnotherSeedGivesOtherCounts()
    {
        byte[] one = await CountAsync("one.csv", "--tweets=2000", "--window=1s", "--seed=1");
        byte[] two = await CountAsync("two.csv", "--tweets=2000", "--window=1s", "--seed=2");

        Assert.NotEqual(one, two);
    }

    [Fact]
    public async Task WithoutAnOutputFileTheCountsGoToTheStandardOutput()
    {
        string expected = Encoding.UTF8.GetString(await CountAsync("x.csv", "--tweets=2000", "--window=1s"));

        TrackerRun run = await TrackerRun.OfAsync("--tweets=2000", "--window=1s", "--no-dashboard");

        Assert.Equal(new TrackerRun(0, expected, ""), run);
    }

    [Fact]
    public async Task AProgramWithoutAPageThatIsAskedToEndWritesWhatItHasCounted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that asks a program to end");
        CancellationToken token = TestContext.Current.CancellationToken;
        await using var tracker = TrackerProcess.Start("--no-dashboard", "--speed=20", "--window=2s");
        Assert.Equal("window_start,hashtag,count", await tracker.Output.ReadLineAsync(token));
        string first = await tracker.Output.ReadLineAsync(token) ?? throw new EndOfStreamException();
        await tracker.AskToEndAsync(token);
        TrackerRun run = await tracker.EndAsync(token);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("2026-01-01T00:00:00Z,", first, StringComparison.Ordinal);

        // The last window was open: five seconds of it are not even waited for.
        Assert.EndsWith("\n", run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.Split('\n').Select(line => line.Split(',')[0]).Distinct().Count() > 3);
    }

    private async Task<byte[]> CountAsync(string name, params string[] options)
    {
        string output = _folder.File(name);
        TrackerRun run = await TrackerRun.OfAsync(["--output", output, "--no-dashboard", .. options]);
        Assert.Equal(new TrackerRun(0, "", ""), run);
        return await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken);
    }
}
