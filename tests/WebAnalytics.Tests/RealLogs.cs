using System.Globalization;
using System.IO.Compression;
using StreamKit;
using StreamKit.Files;
using StreamKit.Tests;
using WebAnalytics.AccessLogs;

namespace WebAnalytics.Tests;

/// <summary>The real logs as the sample reads them.</summary>
internal static class RealLogs
{
    public const string Apache = "apache-access-2015-05", Nasa = "nasa-http-1995-07-01";

    /// <summary>The requests of a log; skips the test aloud where it is absent.</summary>
    public static DataStream<LogRequest> Requests(StreamBuilder builder, string log) => log switch
    {
        Apache => builder.From(FileSource.Lines<LogRequest>(
            SharedData.Path($"web/{Apache}.log.gz"),
            AccessLogParser.Parse)),
        Nasa => builder.From(FromColumns(SharedData.Path($"web/{Nasa}.tsv.gz"))),
        _ => throw new ArgumentOutOfRangeException(nameof(log), log, "There is no such log."),
    };

    /// <summary>The rows of a table of facts, without its header.</summary>
    public static string[] Facts(string log, string table) =>
        [.. File.ReadLines(SharedData.Path($"facts/web.{log}.{table}.csv")).Skip(1)];

    /// <summary>A time as the facts write it.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time that the facts have written.</summary>
    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    // This log is kept in columns, which are not the sample's business:
    // host, logname, time, method, url, status, bytes.
    private static LogRequest[] FromColumns(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        IEnumerable<string[]> rows = reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split('\t'));
        return
        [
            .. rows.Select(row => new LogRequest(
                row[0],
                DateTimeOffset.FromUnixTimeSeconds(Number(row[2])),
                row[3],
                row[4],
                (int)Number(row[5]),
                Number(row[6]))),
        ];
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
