using HashtagTracker.CommandLine;

namespace HashtagTracker.Tests;

public class TrackerOptionsTests
{
    [Fact]
    public void WithoutArgumentsASimulationIsShownLive()
    {
        TrackerOptions options = Parsed();

        Assert.Equal(new TrackerOptions(), options);
        Assert.Null(options.Input);
        Assert.True(options.Dashboard);
        Assert.Equal(5080, options.Port);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Window);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Every);
        Assert.Equal(TimeSpan.Zero, options.Lateness);
        Assert.Equal(TimeSpan.FromSeconds(5), options.OutOfOrderness);
        Assert.Equal(1, options.Speed);
        Assert.Null(options.Tweets);
    }

    [Fact]
    public void TheWholeContractIsUnderstood()
    {
        TrackerOptions options = Parsed(
            "--input", "tweets.jsonl.gz", "--window", "5m", "--every=500ms", "--lateness", "1h", "--out-of-orderness",
            "1.5s", "--output", "counts.csv", "--no-dashboard", "--lanes", "3", "--speed", "60");

        var expected = new TrackerOptions
        {
            Input = "tweets.jsonl.gz",
            Window = TimeSpan.FromMinutes(5),
            Every = TimeSpan.FromMilliseconds(500),
            Lateness = TimeSpan.FromHours(1),
            OutOfOrderness = TimeSpan.FromMilliseconds(1500),
            Output = "counts.csv",
            Dashboard = false,
            Lanes = 3,
            Speed = 60,
        };
        Assert.Equal(expected, options);
    }

    [Fact]
    public void TheSimulatorsOptionsAreUnderstood()
    {
        TrackerOptions options = Parsed("--tweets", "1000", "--seed", "-9", "--port", "0", "--speed", "max");

        Assert.Equal((1000, -9, 0), (options.Tweets!.Value, options.Seed, options.Port));
        Assert.Equal(double.PositiveInfinity, options.Speed);
    }

    [Fact]
    public void LiveSourcesAreUnderstood()
    {
        TrackerOptions x = Parsed("--twitter", "http://localhost:5090/", "--bearer-env", "MY_TOKEN");
        Assert.Equal((new Uri("http://localhost:5090/"), "MY_TOKEN", true), (x.Twitter, x.BearerVariable, x.IsLive));
        Assert.Equal((TimeSpan.FromSeconds(10), 1.0, "localhost"), (x.OutOfOrderness, x.Speed, x.SourceName));
        Assert.Equal("X_BEARER_TOKEN", Parsed("--twitter", "https://api.x.com/").BearerVariable);
        Assert.Equal("wss", Parsed("--bluesky", "public").Bluesky!.Scheme);
        Assert.Equal(new Uri("ws://localhost/x"), Parsed("--bluesky", "ws://localhost/x", "--no-dashboard").Bluesky);
        Assert.False(Parsed().IsLive);
    }

    [Fact]
    public void AWindowWithoutAHopTumbles() =>
        Assert.Equal(TimeSpan.FromMinutes(2), Parsed("--window", "2m").Every);

    [Fact]
    public void OnlyALiveSimulationIsPacedUnlessASpeedIsGiven()
    {
        Assert.Equal(double.PositiveInfinity, Parsed("--input", "a.jsonl").Speed);
        Assert.Equal(double.PositiveInfinity, Parsed("--no-dashboard", "--tweets", "5").Speed);
        Assert.Equal(2, Parsed("--input", "a.jsonl", "--speed", "2").Speed);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void HelpIsGivenWhateverElseIsAsked(string help)
    {
        Assert.True(Parsed("--window", "soon", help).Help);
        Assert.All(
            (string[])["--input", "--window", "--every", "--lateness", "--out-of-orderness", "--output", "--port",
                "--no-dashboard", "--lanes", "--speed", "--tweets", "--seed", "--help"],
            name => Assert.Contains(name, TrackerOptions.Usage, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'--windw' is not an option; --help lists them", "--windw", "60s")]
    [InlineData("'tweets.jsonl' is not an option; --help lists them", "tweets.jsonl")]
    [InlineData("--window needs a value", "--window")]
    [InlineData("--window needs a value", "--window", "--every", "1s")]
    [InlineData("--no-dashboard takes no value", "--no-dashboard=yes")]
    [InlineData("--window is given twice", "--window", "1s", "--window=2s")]
    [InlineData("--window 60: a duration is " + DurationText.Form, "--window", "60")]
    [InlineData("--lateness -1s: a duration is " + DurationText.Form, "--lateness=-1s")]
    [InlineData("--window must be longer than zero", "--window", "0s")]
    [InlineData("--every must be longer than zero", "--every", "0ms")]
    [InlineData(
        "--every 2m is longer than the window of 1m, so tweets between windows would not be counted", "--every", "2m")]
    [InlineData("--port 70000: a whole number from 0 to 65535 is expected", "--port", "70000")]
    [InlineData("--lanes 0: a whole number from 1 to 1024 is expected", "--lanes", "0")]
    [InlineData("--speed 0: a number greater than 0, or max, is expected", "--speed", "0")]
    [InlineData("--speed fast: a number greater than 0, or max, is expected", "--speed", "fast")]
    [InlineData("--tweets 0: a whole number from 1 to 9223372036854775807 is expected", "--tweets", "0")]
    [InlineData("--input needs the name of a file", "--input=")]
    [InlineData("--seed is for the simulator and has no meaning with --input", "--input", "a.jsonl", "--seed", "1")]
    [InlineData("--seed is for the simulator and has no meaning with --bluesky", "--bluesky", "public", "--seed", "1")]
    [InlineData("--input and --twitter exclude each other", "--input", "a.jsonl", "--twitter", "http://a/")]
    [InlineData("--bearer-env has no meaning without --twitter", "--bearer-env", "A")]
    [InlineData("--speed has no meaning with --twitter, which is live", "--twitter", "http://a/", "--speed", "2")]
    [InlineData("--twitter public: an address that begins with http:// or https:// is expected", "--twitter", "public")]
    [InlineData("--bluesky a: an address that begins with ws:// or wss:// is expected", "--bluesky", "a")]
    [InlineData("--port has no meaning with --no-dashboard", "--no-dashboard", "--port", "80")]
    public void AMistakeIsNamed(string expected, params string[] arguments)
    {
        Assert.False(TrackerOptions.TryParse(arguments, out _, out string error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("60s", 60_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("0s", 0)]
    public void DurationsAreReadAndWrittenBack(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
        Assert.True(DurationText.TryParse(DurationText.Format(duration), out TimeSpan again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("999999999999999999999d")]
    [InlineData("4000d")]
    public void WhatIsNoDurationIsRefused(string text) => Assert.False(DurationText.TryParse(text, out _));

    private static TrackerOptions Parsed(params string[] arguments)
    {
        Assert.True(TrackerOptions.TryParse(arguments, out TrackerOptions options, out string error), error);
        Assert.Empty(error);
        return options;
    }
}
