namespace WebAnalytics.Tests;

public class AnalyticsOptionsTests
{
    [Fact]
    public void WithoutOptionsADayIsInventedAtHighSpeed()
    {
        Assert.True(AnalyticsOptions.TryParse([], out AnalyticsOptions options, out _));
        Assert.Null(options.File);
        Assert.Equal((7200, "Europe/Berlin"), (options.Speed, options.Zone.Id));
    }

    [Fact]
    public void EveryOptionIsRead()
    {
        string[] simulated = ["--speed", "max", "--seed", "-5", "--explain", "days", "--zone", "Asia/Tokyo"];

        Assert.True(AnalyticsOptions.TryParse(simulated, out AnalyticsOptions options, out _));
        Assert.Equal((double.PositiveInfinity, -5, "days"), (options.Speed, options.Seed, options.Explain));
        Assert.Equal("Asia/Tokyo", options.Zone.Id);
        Assert.True(AnalyticsOptions.TryParse(["--file", "a.log"], out options, out _));
        Assert.Equal("a.log", options.File);
        Assert.True(AnalyticsOptions.TryParse(["--collect", "5090"], out options, out _));
        Assert.Equal(5090, options.Collect);
        Assert.True(AnalyticsOptions.TryParse(["--help"], out options, out _));
        Assert.True(options.Help);
    }

    [Theory]
    [InlineData("'--port' is not an option; --help lists them", "--port", "1")]
    [InlineData("--file needs a value", "--file")]
    [InlineData("--seed is given twice", "--seed", "1", "--seed", "2")]
    [InlineData("--seed x: a whole number is expected", "--seed", "x")]
    [InlineData("--speed 0: a number greater than 0, or max, is expected", "--speed", "0")]
    [InlineData("--collect 65536: a port is expected, 0 for any that is free", "--collect", "65536")]
    [InlineData("--file and --collect are two inputs: give one of them", "--file", "a", "--collect", "1")]
    [InlineData("--zone Mars: this machine knows no time zone of that name", "--zone", "Mars")]
    [InlineData("--explain all: the steps are traffic, active, visits, pages, days", "--explain", "all")]
    [InlineData(
        "--speed and --seed are for invented visitors and have no meaning with --file", "--file", "a", "--speed", "1")]
    public void AMistakeIsToldInOneSentence(string message, params string[] arguments)
    {
        Assert.False(AnalyticsOptions.TryParse(arguments, out _, out string error));
        Assert.Equal(message, error);
    }
}
