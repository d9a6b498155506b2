namespace HashtagTracker.Tests.Contract;

public sealed class LateTweetsTests
{
    // More than any batch holds, so that the watermark has passed before the tweet behind them is looked at.
    private const int Many = 5000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0s", 1, 0)]
    [InlineData("25s", 1, 0)]
    [InlineData("60s", 2, 1)]
    public async Task ALateTweetChangesTheFinalCountAsLongAsItsWindowTakesLateOnes(
        string lateness, int early, int fresh)
    {
        // The watermark stands 30 seconds behind the end of the first minute when its late tweets come.
        string[] lines =
        [
            WrittenTweet.Line(10, "Early"),
            .. Enumerable.Repeat(WrittenTweet.Line(90, "crowd"), Many),
            WrittenTweet.Line(20, "eARLY", "fresh"),
        ];

        string counts = await CountAsync(lines, "0s", lateness);

        List<(string, string, long)> expected =
            [("2020-06-01T12:00:00Z", "early", early), ("2020-06-01T12:01:00Z", "crowd", Many)];
        if (fresh > 0)
        {
            expected.Add(("2020-06-01T12:00:00Z", "fresh", fresh));
        }

        Assert.Equal(NaiveRecount.Csv(expected), counts);
    }

    [Fact]
    public async Task AWindowIsWrittenOnceWithAllThatItTookAndNothingAfterItsLatenessIsOver()
    {
        string[] lines =
        [
            WrittenTweet.Line(10, "early"),
            .. Enumerable.Repeat(WrittenTweet.Line(90, "crowd"), Many),
            WrittenTweet.Line(20, "early"),
            .. Enumerable.Repeat(WrittenTweet.Line(100, "crowd"), Many),
            WrittenTweet.Line(30, "early"),
            .. Enumerable.Repeat(WrittenTweet.Line(121, "crowd"), Many),
            WrittenTweet.Line(40, "early"),
        ];

        string counts = await CountAsync(lines, "0s", "60s");

        Assert.Equal(
            NaiveRecount.Csv(
            [
                ("2020-06-01T12:00:00Z", "early", 3),
                ("2020-06-01T12:01:00Z", "crowd", 2 * Many),
                ("2020-06-01T12:02:00Z", "crowd", Many),
            ]),
            counts);
    }

    [Fact]
    public async Task ATweetWithinTheDeclaredDisorderIsNotLate()
    {
        string[] lines =
        [
            WrittenTweet.Line(10, "early"),
            .. Enumerable.Repeat(WrittenTweet.Line(90, "crowd"), Many),
            WrittenTweet.Line(20, "early"),
        ];

        string counts = await CountAsync(lines, "31s", "0s");

        Assert.Contains("2020-06-01T12:00:00Z,early,2\n", counts, StringComparison.Ordinal);
    }

    private static async Task<string> CountAsync(string[] lines, string outOfOrderness, string lateness)
    {
        using var folder = new ScratchFolder();
        string input = await folder.WriteAsync("tweets.jsonl", lines);
        string output = folder.File("counts.csv");
        TrackerRun run = await TrackerRun.OfAsync(
            "--input", input, "--window", "60s", "--output", output, "--no-dashboard",
            "--out-of-orderness", outOfOrderness, "--lateness", lateness);
        Assert.Equal(new TrackerRun(0, "", ""), run);
        return await File.ReadAllTextAsync(output, Cancellation);
    }
}
