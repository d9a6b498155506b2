using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HashtagTracker.Tests.Contract;

public sealed class ErrorTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AMissingInputIsNamedAndAnOutputOfAnEarlierRunIsKept()
    {
        string output = await _folder.WriteAsync("counts.csv", ["kept"]);

        TrackerRun run = await TrackerRun.OfAsync(
            "--input", _folder.File("missing.jsonl"), "--output", output, "--no-dashboard");

        AssertOneLine(run, 1, "missing.jsonl");
        Assert.Equal("kept\n", await File.ReadAllTextAsync(output, Cancellation));
    }

    [Fact]
    public async Task AnOutputThatCannotBeWrittenIsNamed()
    {
        string file = await _folder.WriteAsync("file", ["kept"]);
        string[] run = ["--tweets", "10", "--no-dashboard", "--output"];

        AssertOneLine(await TrackerRun.OfAsync([.. run, Path.Combine(file, "counts.csv")]), 1, file);
        string folder = _folder.File("");
        AssertOneLine(await TrackerRun.OfAsync([.. run, folder]), 1, $"'{folder}' cannot be written");
    }

    [Theory]
    [InlineData("--window", "--window needs a value")]
    [InlineData("--windows=60s", "'--windows=60s' is not an option")]
    [InlineData("--window=60", "--window 60")]
    [InlineData("--input=tweets.zip", "must end in .jsonl or .json or .gz")]
    [InlineData("--every=2m", "--every 2m is longer than the window")]
    public async Task AnArgumentThatIsNotUnderstoodIsNamed(string argument, string expected) =>
        AssertOneLine(await TrackerRun.OfAsync("--no-dashboard", argument), 2, expected);

    [Fact]
    public async Task TheInputIsNeverOverwritten()
    {
        string file = await _folder.WriteAsync("tweets.jsonl", [WrittenTweet.Line(0, "kept")]);

        TrackerRun run = await TrackerRun.OfAsync("--input", file, "--output", file, "--no-dashboard");

        AssertOneLine(run, 2, "--output would overwrite the file of --input");
        Assert.Equal(WrittenTweet.Line(0, "kept") + "\n", await File.ReadAllTextAsync(file, Cancellation));
    }

    [Theory]
    [InlineData("--no-dashboard")]
    [InlineData("--port=0")]
    public async Task ABrokenLineIsNamedWithItsFileLineAndByteAndEndsTheProgram(string page)
    {
        string[] good = [WrittenTweet.Line(1, "größe"), "", WrittenTweet.Line(2, "b")];
        string file = await _folder.WriteAsync("broken.jsonl", [.. good, """{"created_at": oops"""]);
        int at = good.Sum(line => Encoding.UTF8.GetByteCount(line) + 1);

        TrackerRun run = await TrackerRun.OfAsync("--input", file, "--output", _folder.File("x.csv"), page);

        AssertOneLine(run, 1, string.Create(CultureInfo.InvariantCulture, $"broken.jsonl', line 4, byte {at}:"));
    }

    [Fact]
    public async Task CheckpointsOfATrackerWithAnotherSinkAreRefused()
    {
        string[] options = ["--tweets", "10", "--no-dashboard", "--checkpoints", _folder.File("checkpoints")];
        TrackerRun first = await TrackerRun.OfAsync([.. options, "--output", _folder.File("counts.csv")]);
        Assert.Equal(new TrackerRun(0, "", ""), first);
        Assert.True(File.Exists(_folder.File("counts-00000.csv")));

        AssertOneLine(await TrackerRun.OfAsync(options), 1, "cannot go on from checkpoint");
    }

    [Fact]
    public async Task APortThatIsTakenIsNamed()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        TrackerRun run = await TrackerRun.OfAsync($"--port={port}");

        AssertOneLine(run, 1, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));
    }

    private static void AssertOneLine(TrackerRun run, int exitCode, string expected)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        int end = run.Error.IndexOf(Environment.NewLine, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - Environment.NewLine.Length, end);
    }
}
