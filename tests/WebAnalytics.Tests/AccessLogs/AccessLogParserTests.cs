using System.Text;
using StreamKit;
using StreamKit.Files;
using WebAnalytics.AccessLogs;

namespace WebAnalytics.Tests.AccessLogs;

public class AccessLogParserTests
{
    private const string Common =
        """192.0.2.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.html?x=1#y HTTP/1.0" 200 2326""";

    [Fact]
    public void ALineInTheCommonFormatIsReadWithItsOffset()
    {
        var time = new DateTimeOffset(2000, 10, 10, 13, 55, 36, TimeSpan.FromHours(-7));

        LogRequest request = Parse(Common);

        Assert.Equal(new LogRequest("192.0.2.7", time, "GET", "/a.html?x=1#y", 200, 2326), request);
        Assert.Equal(TimeSpan.FromHours(-7), request.Time.Offset);
        Assert.Equal("/a.html", request.Page);
    }

    [Fact]
    public void WhatTheCombinedFormatAddsChangesNothing() =>
        Assert.Equal(Parse(Common), Parse(Common + """ "http://example.org/" "Browser/1.0 (\"x\")" """.TrimEnd()));

    [Theory]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET /say\"hi\" HTTP/1.1" 200 1""", "GET", "/say\"hi\"")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET /a\\b HTTP/1.1" 200 1""", "GET", "/a\\b")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET /old" 200 1""", "GET", "/old")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "-" 408 -""", "-", "-")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "\x16\x03\x01" 400 0""", "-", "-")]
    [InlineData("""a - a b [01/Jan/2026:00:00:00 +0000] "GET /ü HTTP/1.1" 200 1""", "GET", "/ü")]
    public void TheRequestIsWhatStandsInTheQuotes(string line, string method, string target)
    {
        LogRequest request = Parse(line);

        Assert.Equal((method, target), (request.Method, request.Target));
    }

    [Fact]
    public void NoBytesAreZero() => Assert.Equal(0, Parse(Common.Replace("2326", "-", StringComparison.Ordinal)).Bytes);

    [Theory]
    [InlineData("", "time in brackets")]
    [InlineData("what is this", "time in brackets")]
    [InlineData("""192.0.2.7 [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 1""", "host, identity and user")]
    [InlineData("""a - - [32/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 1""", "32/Jan/2026")]
    [InlineData("""a - - [01/Jan/2026:00:00:00] "GET / HTTP/1.1" 200 1""", "no time such as")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] GET / HTTP/1.1 200 1""", "no request in quotes")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1 200 1""", "not closed")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET /" two 1""", "no status")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET /" - 1""", "no status")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET /" 200""", "no number of bytes")]
    [InlineData("""a - - [01/Jan/2026:00:00:00 +0000] "GET /" 200 -5""", "no number of bytes")]
    public void ALineThatIsNoneIsRefusedWithTheReason(string line, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void NoBeginningOfALineIsReadAsSomethingElse()
    {
        // Only the number of bytes can be cut without being noticed.
        for (int length = 0; length < Common.Length - 4; length++)
        {
            string cut = Common[..length];
            Assert.Throws<FormatException>(() => Parse(cut));
        }
    }

    [Theory]
    [InlineData("GET", "/", 200, true)]
    [InlineData("GET", "/index.html?image=a.gif", 304, true)]
    [InlineData("GET", "/photo.JPG?size=1", 200, false)]
    [InlineData("GET", "/site.css#top", 200, false)]
    [InlineData("GET", "/", 302, false)]
    [InlineData("GET", "/", 404, false)]
    [InlineData("HEAD", "/", 200, false)]
    public void APageViewIsAPageThatWasShown(string method, string target, int status, bool view) =>
        Assert.Equal(view, new LogRequest("a", default, method, target, status, 1).IsPageView);

    [Fact]
    public async Task BadLinesGoToTheErrorPolicyAndAreCounted()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".log");
        await File.WriteAllLinesAsync(path, [Common, "rubbish", Common, "more"], TestContext.Current.CancellationToken);
        try
        {
            var letters = new List<StreamKit.Connectors.DeadLetter>();
            var sink = Sinks.ForEach<StreamKit.Connectors.DeadLetter>((letter, _) =>
            {
                letters.Add(letter);
                return ValueTask.CompletedTask;
            });

            PipelineRun run = await PipelineRun.Of(
                builder => builder.From(FileSource.Lines<LogRequest>(path, AccessLogParser.Parse)),
                options: new JobOptions { OnError = ErrorPolicy.DeadLetter(sink) });

            Assert.Equal(2, run.Errors);
            Assert.Equal(["rubbish", "more"], letters.Select(letter => Encoding.UTF8.GetString(letter.Bytes.Span)));
            Assert.Equal(2, run.Traffic.Sum(w => w.Value.Requests));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static LogRequest Parse(string line)
    {
        Assert.True(AccessLogParser.Parse(Encoding.UTF8.GetBytes(line), out LogRequest? request));
        return request!;
    }
}
