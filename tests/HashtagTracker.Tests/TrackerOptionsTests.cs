using HashtagTracker.CommandLine;
using HashtagTracker.Sinks;

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
    public void ASourceIsChosenByItsNameOrByAnOptionOfItsOwn()
    {
        Assert.Equal("localhost:9092", Parsed("--source", "kafka").Kafka);
        Assert.Equal(Parsed("--source=kafka", "--kafka=a:1,b:2"), Parsed("--kafka", "a:1,b:2"));
        TrackerOptions topic = Parsed("--kafka=a:1,b:2", "--topic=t");
        Assert.Equal(("a:1,b:2", "t"), (topic.Kafka, topic.Topic));
        Assert.Equal(("posts", true), (Parsed("--source", "kafka").Topic, Parsed("--source", "kafka").IsLive));
        Assert.Equal(new Uri("https://api.x.com/"), Parsed("--source", "twitter").Twitter);
        Assert.Equal(Parsed("--bluesky", "public"), Parsed("--source", "bluesky"));
        Assert.Equal(Parsed("--input", "a.jsonl"), Parsed("--source", "file", "--input", "a.jsonl"));
        Assert.Equal(Parsed("--seed", "3"), Parsed("--source", "simulator", "--seed", "3"));
        Assert.Equal(
            new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), Parsed("--start", "2026-02-03T04:05:06Z").Start);
    }

    [Fact]
    public void ASinkIsChosenByItsNameOrByAnOptionOfItsOwn()
    {
        Assert.Equal(Parsed("--sink", "none"), Parsed());
        Assert.Equal(("localhost:6379", null), (Parsed("--sink", "redis").Redis, Parsed("--sink", "redis").Output));
        Assert.Equal(Parsed("--sink=redis", "--redis=a:1"), Parsed("--redis", "a:1"));
        Assert.Equal("POSTGRES_CONNECTION", Parsed("--sink", "postgres").PostgresVariable);
        Assert.Equal("PG", Parsed("--postgres-env", "PG").PostgresVariable);
        Assert.Equal(Parsed("--output", "a.csv"), Parsed("--sink", "file", "--output", "a.csv"));
        Assert.Equal(Parsed("--no-dashboard"), Parsed("--sink", "file", "--no-dashboard"));
        Assert.Equal(
            (null, "Redis a:1", "PostgreSQL", "b.csv"),
            (Parsed().SinkName, Parsed("--redis", "a:1").SinkName, Parsed("--postgres-env", "PG").SinkName,
                Parsed("--output", "a/b.csv").SinkName));
    }

    [Fact]
    public void CheckpointsAreTakenWhereAFolderIsNamed()
    {
        TrackerOptions options = Parsed("--checkpoints", "here", "--checkpoint-every", "1m");
        Assert.Equal(("here", TimeSpan.FromMinutes(1)), (options.Checkpoints, options.CheckpointEvery));
        Assert.Equal((null, TimeSpan.FromSeconds(5)), (Parsed().Checkpoints, Parsed().CheckpointEvery));
    }

    [Theory]
    [InlineData("counts.csv", "counts-{0:00000}.csv")]
    [InlineData("a.b/counts.csv.gz", "a.b/counts-{0:00000}.csv.gz")]
    [InlineData("a.b/counts", "a.b/counts-{0:00000}")]
    [InlineData(".counts", ".counts-{0:00000}")]
    [InlineData("x/part-{0:000}-{1:yyyyMMdd}.csv", "x/part-{0:000}-{1:yyyyMMdd}.csv")]
    public void WithCheckpointsAFilesNameHasItsNumber(string path, string expected) =>
        Assert.Equal(expected, FileCounts.Numbered(path));

    [Fact]
    public void WhatATopicIsFilledWithIsUnderstood()
    {
        Assert.True(ProduceOptions.TryParse([], out ProduceOptions usual, out _));
        Assert.Equal(new ProduceOptions { Kafka = "localhost:9092", Topic = "posts", Speed = 1 }, usual);
        string[] all = ["--kafka=a:1", "--topic", "t", "--tweets", "5", "--seed=2", "--speed=max"];
        Assert.True(ProduceOptions.TryParse(all, out ProduceOptions given, out _));
        Assert.Equal(
            new ProduceOptions { Kafka = "a:1", Topic = "t", Tweets = 5, Seed = 2, Speed = double.PositiveInfinity },
            given);
        Assert.True(ProduceOptions.TryParse(["--help"], out ProduceOptions help, out _));
        Assert.True(help.Help);
        Assert.False(ProduceOptions.TryParse(["--input", "a.jsonl"], out _, out string error));
        Assert.Equal("'--input' is not an option; --help lists them", error);
        Assert.False(ProduceOptions.TryParse(["--kafka", "a"], out _, out error));
        Assert.Equal("--kafka a: HOST:PORT is expected, such as localhost:9092", error);
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
            TrackerCommandLine.Names.Append("--help"),
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
    [InlineData(
        "--source web: simulator, file, kafka, twitter or bluesky is expected", "--source", "web", "--seed", "1")]
    [InlineData("--sink s3: none, file, redis or postgres is expected", "--sink", "s3")]
    [InlineData("--bluesky has no meaning with --source file", "--source", "file", "--bluesky", "public")]
    [InlineData("--redis has no meaning with --sink postgres", "--sink=postgres", "--redis=a:1")]
    [InlineData("--redis has no meaning with --sink none", "--sink=none", "--redis=a:1")]
    [InlineData("--output and --redis exclude each other", "--redis=a:1", "--output=a.csv")]
    [InlineData("--topic has no meaning without --kafka", "--topic", "posts")]
    [InlineData("--tweets is for the simulator and has no meaning with --source kafka", "--source=kafka", "--tweets=1")]
    [InlineData("--speed has no meaning with --source kafka, which is live", "--source=kafka", "--speed=2")]
    [InlineData("--source file needs --input FILE", "--source", "file")]
    [InlineData("--sink file needs --output FILE, or --no-dashboard for the standard output", "--sink", "file")]
    [InlineData(
        "--sink none has no meaning with --no-dashboard: nobody would see the counts", "--sink=none", "--no-dashboard")]
    [InlineData("--kafka a:1,b: HOST:PORT is expected, such as localhost:9092", "--kafka", "a:1,b")]
    [InlineData("--redis a:1,b:2: HOST:PORT is expected, such as localhost:6379", "--redis", "a:1,b:2")]
    [InlineData("--redis a:70000: HOST:PORT is expected, such as localhost:6379", "--redis", "a:70000")]
    [InlineData("--start noon: an instant is expected, such as 2026-01-01T00:00:00Z", "--start", "noon")]
    [InlineData("--checkpoint-every has no meaning without --checkpoints", "--checkpoint-every", "1s")]
    [InlineData("--checkpoints needs the name of a folder", "--checkpoints=")]
    [InlineData("--topic needs a name", "--kafka=a:1", "--topic=")]
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
