using System.Globalization;
using StreamKit.Tests;

namespace HashtagTracker.Tests.Contract;

public sealed class RecordedTweetsTests
{
    public static TheoryData<string> Recordings =>
        ["dutch-2016-01-22T0500-0505", "spritzer-2013-08-10T1100-1102", "spritzer-2019-07-03T0629-0631"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Recordings))]
    public async Task TheCountsOfEachMinuteAreThoseOfAnIndependentCountWithOneLaneAndWithFour(string recording)
    {
        string tweets = SharedData.Path($"tweets/{recording}.jsonl.gz");
        string facts = SharedData.Path($"facts/tweets.{recording}.hashtags_per_minute.csv");
        string expected = NaiveRecount.Csv(await FactsAsync(facts));
        Assert.True(expected.Count(c => c == '\n') > 400);

        foreach (string lanes in (string[])["1", "4"])
        {
            Assert.Equal(expected, await CountAsync(tweets, "--window", "60s", "--lanes", lanes));
        }
    }

    [Theory, MemberData(nameof(Recordings))]
    public async Task HoppingWindowsEqualANaiveRecountOverTheJson(string recording)
    {
        string tweets = SharedData.Path($"tweets/{recording}.jsonl.gz");
        string expected = NaiveRecount.Csv(tweets, windowSeconds: 10, everySeconds: 2);
        Assert.True(expected.Count(c => c == '\n') > 1000);

        string written = await CountAsync(tweets, "--window=10s", "--every=2s", "--out-of-orderness=10s");

        Assert.Equal(expected, written);
    }

    private static async Task<string> CountAsync(string tweets, params string[] options)
    {
        using var folder = new ScratchFolder();
        string output = folder.File("counts.csv");
        TrackerRun run = await TrackerRun.OfAsync(
            ["--input", tweets, "--output", output, "--no-dashboard", .. options]);
        Assert.Equal(new TrackerRun(0, "", ""), run);
        return await File.ReadAllTextAsync(output, Cancellation);
    }

    // A row with count 0 is a tag that occurs only in the extended form of its tweet, which is not what is counted.
    private static async Task<List<(string Window, string Tag, long Count)>> FactsAsync(string path)
    {
        string[] lines = await File.ReadAllLinesAsync(path, Cancellation);
        Assert.StartsWith("window_start,tag,count,", lines[0], StringComparison.Ordinal);
        return
        [
            .. lines.Skip(1).Select(line => line.Split(','))
                .Select(row => (row[0], row[1], long.Parse(row[2], CultureInfo.InvariantCulture)))
                .Where(row => row.Item3 > 0),
        ];
    }
}
