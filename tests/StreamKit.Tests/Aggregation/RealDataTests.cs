using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>
/// Recorded tweets and series of measurements, against answers that were computed elsewhere or exactly.
/// </summary>
public class RealDataTests(ITestOutputHelper output)
{
    public static TheoryData<string> Captures =>
        ["dutch-2016-01-22T0500-0505", "spritzer-2013-08-10T1100-1102", "spritzer-2019-07-03T0629-0631"];

    public static TheoryData<string> Series =>
    [
        "Twitter_volume_AAPL", "Twitter_volume_AMZN", "Twitter_volume_CRM", "Twitter_volume_CVS", "Twitter_volume_FB",
        "ec2_cpu_utilization_24ae8d", "ec2_cpu_utilization_53ea38", "ec2_cpu_utilization_5f5533",
        "ec2_disk_write_bytes_1ef3de", "elb_request_count_8c0756", "grok_asg_anomaly", "occupancy_6005",
        "rds_cpu_utilization_cc0c53", "speed_6005",
    ];

    [Theory]
    [MemberData(nameof(Captures))]
    public void TheUsersOfACaptureAreCounted(string capture)
    {
        long[] users = [.. Tweets(capture).Select(tweet => tweet.GetProperty("user").GetProperty("id").GetInt64())];
        long expected = Fact(capture, "distinct_users");

        Assert.Equal(expected, Aggregated.Over(users, a => a.CountDistinct(x => x), parts: 4));
        foreach (double asked in (double[])[.01, .02, .05])
        {
            long found = Aggregated.Over(users, a => a.ApproxCountDistinct(x => x, asked), parts: 4);
            output.WriteLine(
                $"{capture}: {expected} users, asked {asked}: {found} ({(found - expected) / (double)expected:P2})");
            Assert.InRange(found, expected * (1 - (3 * asked)), expected * (1 + (3 * asked)));
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void TheFrequentHashtagsOfACaptureAreFound(string capture)
    {
        string[] tags = [.. Tweets(capture).SelectMany(tweet =>
            tweet.GetProperty("entities").GetProperty("hashtags").EnumerateArray()
                .Select(tag => tag.GetProperty("text").GetString()!.ToLowerInvariant()))];
        Assert.Equal(Fact(capture, "hashtag_occurrences"), tags.Length);
        Assert.Equal(Fact(capture, "distinct_tags_simple_lower"), Aggregated.Over(tags, a => a.CountDistinct(x => x)));

        Dictionary<string, int> truth = tags.CountBy(tag => tag).ToDictionary();
        IReadOnlyList<HeavyHitter<string>> found = Aggregated.Over(tags, a => a.HeavyHitters(x => x, 100), parts: 3);
        Assert.Equal(100, found.Count);
        Assert.All(found, hitter => Assert.InRange(truth[hitter.Value], hitter.Count - hitter.Error, hitter.Count));
        Assert.All(
            truth.Where(pair => pair.Value > tags.Length / 100.0),
            pair => Assert.Contains(found, hitter => hitter.Value == pair.Key));
        string most = truth.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .First().Key;
        Assert.Equal(most, found[0].Value);
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void QuantilesOfASeriesAreWithinTheirError(string series)
    {
        double[] numbers = Numbers(series);
        double[] sorted = Exact.Sorted(numbers);
        double[] fractions = [.. Enumerable.Range(0, 1_001).Select(i => i / 1_000.0)];
        IReadOnlyList<double> found = Aggregated.Over(numbers, a => a.Quantiles(x => x, fractions), parts: 12);
        for (int i = 0; i < fractions.Length; i++)
        {
            Close.Within(.01 + 1e-9, Exact.Quantile(sorted, fractions[i]), found[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void TheVarianceOfASeriesIsExact(string series)
    {
        decimal[] numbers = [.. Numbers(series).Select(x => (decimal)x)];
        decimal mean = numbers.Average();
        double expected = (double)(numbers.Sum(x => (x - mean) * (x - mean)) / (numbers.Length - 1));

        Close.Within(1e-12, expected, Aggregated.Over(numbers, a => a.Variance(x => (double)x)));
        Close.Within(1e-12, expected, Aggregated.Over(numbers, a => a.Variance(x => (double)x), parts: 30));
    }

    private static IEnumerable<JsonElement> Tweets(string capture)
    {
        foreach (string line in Lines($"tweets/{capture}.jsonl.gz").Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("user", out _))
            {
                yield return document.RootElement;
            }
        }
    }

    private static long Fact(string capture, string name)
    {
        using var facts = JsonDocument.Parse(File.ReadAllText(SharedData.Path($"facts/tweets.{capture}.summary.json")));
        return facts.RootElement.GetProperty(name).GetInt64();
    }

    private static double[] Numbers(string series) =>
    [
        .. Lines($"anomaly/{series}.csv.gz").Skip(1).Where(line => line.Length > 0)
            .Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
    ];

    private static IEnumerable<string> Lines(string relative)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.Path(relative)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
