using System.Globalization;
using StreamKit.Connectors;
using StreamKit.Windowing;

namespace StreamKit.Twitter.Tests;

/// <summary>The real recordings, counted by the engine, held against facts that were computed elsewhere.</summary>
public sealed class ReplayFactsTests
{
    public static MatrixTheoryData<string, int> Runs => new(
        [RecordedV1Tests.Spritzer2013, RecordedV1Tests.Spritzer2019, RecordedV1Tests.Dutch2016], [1, 4]);

    [Theory, MemberData(nameof(Runs))]
    public async Task HashtagsPerMinuteCountAsTheFactsSayAndNothingIsLate(string file, int lanes)
    {
        var expected = Facts.HashtagsPerMinute($"tweets.{file}.hashtags_per_minute.csv")
            .Where(fact => fact.Value[0] > 0) // The others have the tag in the long form only.
            .ToDictionary(fact => fact.Key, fact => (long)fact.Value[0]);
        List<WindowResult<string, long>> results = [];
        var builder = StreamBuilder.Create("t");
        builder.From(TwitterSource.Replay(SharedData.Path($"tweets/{file}.jsonl.gz")), "tweets")
            .WithEventTime(tweet => tweet.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(10)))
            .SelectMany(tweet => tweet.Hashtags)
            .KeyBy(tag => tag.ToLowerInvariant())
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .Count()
            .ForEach(results.Add);
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = lanes });
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected.Count, results.Count);
        Assert.All(results, result => Assert.Equal(expected[(Minute(result.Window.Start), result.Key)], result.Value));
        Assert.All(job.GetMetrics().Operators, metrics => Assert.Equal(0, metrics.LateRecords + metrics.Errors));
    }

    [Theory]
    [InlineData(RecordedV1Tests.Spritzer2013)]
    [InlineData(RecordedV1Tests.Spritzer2019)]
    [InlineData(RecordedV1Tests.Dutch2016)]
    public async Task EveryMessageOfTheFileIsDelivered(string file)
    {
        ISource<StreamMessage> source = TwitterSource.ReplayMessages(SharedData.Path($"tweets/{file}.jsonl.gz"));
        List<StreamMessage> messages = await ReplayJob.RunAsync(source);
        var parser = new TweetParser();
        Assert.Equal(
            Lines.Of($"tweets/{file}.jsonl.gz").Select(line => Summary.Of(parser.Parse(line))),
            messages.Select(Summary.Of));
    }

    private static string Minute(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:'00Z'", CultureInfo.InvariantCulture);
}
