using StreamKit.Latency;

namespace StreamKit.Workloads.Tests.Latency;

public class LatencyArgumentTests
{
    [Fact]
    public void NoWordsMeanTheLoadOfTheTarget()
    {
        Arguments arguments = Parse("");
        Assert.Equal([100_000, 500_000, 1_000_000], arguments.Rates);
        Assert.Equal(10_000, arguments.Keys);
        Assert.Equal(TimeSpan.FromMilliseconds(20), arguments.Every);
        Assert.True(arguments.Paced && arguments.Idle && !arguments.Help);
    }

    [Fact]
    public void EveryOptionIsRead()
    {
        Arguments arguments = Parse(
            "--rates 5,7 --keys 3 --window-ms 40 --every-ms 10 --seconds 2 --warm-up 0 --quantum-us 9 --lanes 2 "
            + "--idle-events 8 --pause-us 6 --help");
        Assert.Equal([5, 7], arguments.Rates);
        Assert.Equal((3, 2, 8), (arguments.Keys, arguments.Lanes, arguments.IdleEvents));
        Assert.Equal(TimeSpan.FromMilliseconds(40), arguments.WindowSize);
        Assert.Equal(TimeSpan.FromMilliseconds(10), arguments.Every);
        Assert.Equal(TimeSpan.FromSeconds(2), arguments.Duration);
        Assert.Equal(TimeSpan.Zero, arguments.WarmUp);
        Assert.Equal(TimeSpan.FromMicroseconds(9), arguments.Quantum);
        Assert.Equal(TimeSpan.FromMicroseconds(6), arguments.Pause);
        Assert.True(arguments.Help);
        Assert.False(Parse("--paced").Idle);
        Assert.False(Parse("--idle").Paced);
    }

    [Theory]
    [InlineData("--rate 5", "unknown option '--rate'")]
    [InlineData("--keys", "--keys needs a value after it")]
    [InlineData("--rates 5,many", "not 'many'")]
    [InlineData("--every-ms 0", "not '0'")]
    [InlineData("--window-ms 30", "--window-ms must be a multiple of --every-ms")]
    public void AWordThatCannotBeFollowedIsNamed(string words, string message)
    {
        var problem = Assert.Throws<UsageException>(() => Parse(words));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private static Arguments Parse(string words) =>
        ArgumentParser.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
