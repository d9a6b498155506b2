using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StreamKit.Tests.Aggregation;

/// <summary>Columns of recorded data, in the order of their files.</summary>
internal static partial class RealSamples
{
    /// <summary>The values of a column by the name that the page about sketches gives it.</summary>
    public static string[] Values(string column) => column switch
    {
        "authors of 2013" => Users("spritzer-2013-08-10T1100-1102"),
        "authors of 2019" => Users("spritzer-2019-07-03T0629-0631"),
        "hashtags of 2013" => Hashtags("spritzer-2013-08-10T1100-1102"),
        "hashtags of 2019" => Hashtags("spritzer-2019-07-03T0629-0631"),
        "hosts of NASA" => [.. Nasa().Select(static row => row[0])],
        "addresses of NASA" => [.. Nasa().Select(static row => row[4])],
        "clients of Apache" => [.. Apache().Select(static match => match.Groups["client"].Value)],
        "paths of Apache" => [.. Apache().Select(static match => match.Groups["path"].Value)],
        "events of OpenSSH" => [.. Log("OpenSSH")],
        "events of HDFS" => [.. Log("HDFS")],
        _ => throw new ArgumentException(column),
    };

    /// <summary>The numbers of a column by the name that the page about sketches gives it.</summary>
    public static double[] Numbers(string column) => column switch
    {
        "bytes of NASA" => [.. Nasa().Select(static row => row[6]).Where(IsNumber).Select(Number)],
        "bytes of Apache" =>
            [.. Apache().Select(static match => match.Groups["bytes"].Value).Where(IsNumber).Select(Number)],
        "requests of a load balancer" => Series("elb_request_count_8c0756"),
        "bytes written to a disk" => Series("ec2_disk_write_bytes_1ef3de"),
        "load of a database" => Series("rds_cpu_utilization_cc0c53"),
        _ => throw new ArgumentException(column),
    };

    private static string[] Users(string capture) =>
        [.. Tweets(capture).Select(static tweet => tweet.GetProperty("user").GetProperty("id_str").GetString()!)];

    private static string[] Hashtags(string capture) =>
    [
        .. Tweets(capture).SelectMany(static tweet =>
            tweet.GetProperty("entities").GetProperty("hashtags").EnumerateArray()
                .Select(static tag => tag.GetProperty("text").GetString()!.ToLowerInvariant())),
    ];

    private static IEnumerable<JsonElement> Tweets(string capture)
    {
        foreach (string line in Lines($"tweets/{capture}.jsonl.gz").Where(static line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("user", out _))
            {
                yield return document.RootElement;
            }
        }
    }

    private static IEnumerable<string[]> Nasa() =>
        Lines("web/nasa-http-1995-07-01.tsv.gz").Skip(1).Where(static line => line.Length > 0)
            .Select(static line => line.Split('\t'));

    private static IEnumerable<Match> Apache() =>
        Lines("web/apache-access-2015-05.log.gz").Select(static line => AccessLine().Match(line))
            .Where(static match => match.Success);

    // The event's name is the last column but one, and of letters and digits; templates may hold commas.
    private static IEnumerable<string> Log(string system) =>
        Lines($"logs/{system}_2k.log_structured.csv.gz").Skip(1).Select(static line => EventName().Match(line))
            .Where(static match => match.Success).Select(static match => match.Groups[1].Value);

    private static double[] Series(string name) =>
    [
        .. Lines($"anomaly/{name}.csv.gz").Skip(1).Where(static line => line.Length > 0)
            .Select(static line => Number(line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])),
    ];

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string relative)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.Path(relative)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    [GeneratedRegex("""^(?<client>\S+) \S+ \S+ \[[^\]]*\] "\S+ (?<path>\S+)[^"]*" \d+ (?<bytes>\S+)""")]
    private static partial Regex AccessLine();

    [GeneratedRegex(",(E[0-9]+),")]
    private static partial Regex EventName();
}
