using System.Threading.Channels;
using StreamKit.Aggregation;
using StreamKit.Connectors;
using StreamKit.Tests.Runtime;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Api;

/// <summary>The programs of the first page, written as a user writes them.</summary>
public class FirstPageTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Tweet[] s_tweets =
    [
        new(s_noon, ["Dotnet", "ai"], 10, "ann"),
        new(s_noon.AddSeconds(30), ["dotnet"], 30, "bob"),
        new(s_noon.AddSeconds(62), ["dotnet"], 50, "ann"),
        new(s_noon.AddSeconds(58), ["ai"], 20, "cid"),
        new(s_noon.AddMinutes(7), [], 5, "ann"),
        new(s_noon.AddSeconds(59), ["late"], 7, "dan"),
    ];

    [Fact]
    public async Task TenLinesFromNothing()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        List<string> lines = [];
        await foreach (var w in Live(s_tweets)
            .ToDataStream()
            .WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
            .SelectMany(t => t.Hashtags)
            .KeyBy(tag => tag)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .Count()
            .ReadAllAsync(cancellationToken))
        {
            lines.Add($"{w.Window.Start:HH:mm} #{w.Key} {w.Value}");
        }

        Assert.Equal(
            ["12:00 #Dotnet 1", "12:00 #ai 2", "12:00 #dotnet 1", "12:01 #dotnet 1"], lines.Order(
                StringComparer.Ordinal));
    }

    [Fact]
    public async Task ANamedPipelineWithSeveralOutputs()
    {
        var view = new View<WindowRanking<string, long>>();
        var byTag = new KeyedView<string, long>();
        using var console = new StringWriter { NewLine = "\n" };
        var builder = StreamBuilder.Create("hashtags");

        DataStream<Tweet> tweets = builder
            .From(s_tweets, "tweets")
            .WithEventTime(
                t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(10))
                    .WithIdleness(TimeSpan.FromSeconds(30)));

        DataStream<WindowResult<string, long>> counts = tweets
            .SelectMany(t => t.Hashtags)
            .KeyBy(tag => tag.ToLowerInvariant())
            .Window(TimeWindows.Hopping(size: TimeSpan.FromMinutes(5), every: TimeSpan.FromMinutes(1)))
            .AllowLateness(TimeSpan.FromMinutes(2))
            .SideOutputLate(out DataStream<Late<string>> late)
            .Early(every: TimeSpan.FromSeconds(1))
            .Count()
            .Named("hashtag-counts");

        counts.To(byTag);
        List<WindowRanking<string, long>> rankings = [];
        counts.TopK(10, by: w => w.Value).To(view).ForEach(rankings.Add);
        late.To(Sinks.Text<Late<string>>(console));

        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 4, BatchSize = 1 });
        await Eventually.WithinLimitAsync(job.Completion);

        WindowRanking<string, long> noon = rankings.Last(static r => r.Window.Start == s_noon);
        Assert.Equal(["dotnet 3", "ai 2", "late 1"], noon.Items.Select(static w => $"{w.Key} {w.Value}"));
        Assert.Equal(rankings.Count, view.Count);
        Assert.True(view.TryGet(out WindowRanking<string, long>? newest));
        Assert.Same(rankings[^1], newest);
        Assert.Equal(1, byTag.TryGet("dotnet", out WindowResult<string, long> dotnet) ? dotnet.Value : 0);

        // The record of 12:00:59 came at the watermark 12:06:50: windows that ended before 12:04:50 and their lateness
        // are gone.
        Assert.StartsWith("late at 2026-09-01T12:00:59Z", console.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, job.GetMetrics().Operators.Sum(static o => o.PartlyLateRecords));
        Assert.Contains("hashtag-counts", job.GetMetrics().Operators.Select(static o => o.Operator));
    }

    [Fact]
    public async Task SeveralAggregatesInOnePass()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        List<WindowResult<string, Stats>> results = await s_tweets.ToDataStream()
            .WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromHours(1)))
            .KeyBy(t => t.UserId)
            .Window(TimeWindows.Tumbling(TimeSpan.FromHours(1)))
            .Aggregate(a => new Stats(a.Count(), a.Average(x => x.Ms), a.Max(x => x.Ms), a.Of(new Distinct())))
            .ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);

        Assert.Equal(new Stats(3, 65 / 3.0, 50, 3), results.Single(static w => w.Key == "ann").Value);
        Assert.Equal(new Stats(1, 30, 30, 1), results.Single(static w => w.Key == "bob").Value);
    }

    [Fact]
    public async Task WhatAWindowResultAndALateRecordSay()
    {
        List<Late<Tweet>> late = [];
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        DataStream<WindowResult<string, long>> counts = s_tweets.ToDataStream()
            .WithEventTime(t => t.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
            .KeyBy(t => t.UserId)
            .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
            .SideOutputLate(out DataStream<Late<Tweet>> tooLate)
            .Count();
        tooLate.ForEach(late.Add);
        List<WindowResult<string, long>> results = await counts
            .ReadAllAsync(new JobOptions { BatchSize = 1 }, cancellationToken).ToListAsync(cancellationToken);

        WindowResult<string, long> bob = results.Single(static w => w.Key == "bob");
        Assert.Equal((s_noon, s_noon.AddMinutes(1), 1), (bob.Window.Start, bob.Window.End, (int)bob.Value));
        Assert.Equal(
            (PaneTiming.OnTime, 0, true, true), (bob.Pane.Timing, bob.Pane.Index, bob.Pane.IsFirst, bob.Pane.IsFinal));
        Late<Tweet> missed = Assert.Single(late);
        Assert.Equal("dan", missed.Value.UserId);
        Assert.Equal((Timestamp)s_noon.AddSeconds(59), missed.Timestamp);
        Assert.Equal(LateReason.BehindWatermark, missed.Reason);
        Assert.Equal(TimeSpan.FromSeconds(356), missed.LateBy);
        Assert.Equal(s_noon, missed.MissedWindows.Single().Start);
        Assert.False(missed.AcceptedByOthers);
    }

    [Fact]
    public async Task InIsAnySequenceAndOutIsASequenceAChannelASinkOrAView()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Channel<int> input = Channel.CreateUnbounded<int>();
        Channel<int> output = Channel.CreateUnbounded<int>();
        input.Writer.TryWrite(3);
        input.Writer.Complete();
        var view = new View<int>();
        List<int> called = [];
        DataStream<int> numbers = ((int[])[1, 2]).ToDataStream()
            .Merge(input.Reader.ToDataStream(), Live([4]).ToDataStream());
        numbers.To(output.Writer).To(view).ForEach(called.Add);

        List<int> read = await numbers.ReadAllAsync(token).ToListAsync(token);

        Assert.Equal([1, 2, 3, 4], read.Order());
        Assert.Equal(read, await output.Reader.ReadAllAsync(token).ToListAsync(token));
        Assert.Equal(read, called);
        Assert.Equal(4, view.Count);
    }

    private static async IAsyncEnumerable<T> Live<T>(T[] records)
    {
        foreach (T record in records)
        {
            await Task.Yield();
            yield return record;
        }
    }

    private sealed record Stats(long Count, double Average, long Slowest, int DistinctTimes);

    /// <summary>An aggregate of one's own.</summary>
    private sealed class Distinct : IAggregator<Tweet, HashSet<long>, int>
    {
        public HashSet<long> Create() => [];

        public void Add(ref HashSet<long> accumulator, in Tweet item) => accumulator.Add(item.Ms);

        public void Merge(ref HashSet<long> into, in HashSet<long> from) => into.UnionWith(from);

        public int Result(in HashSet<long> accumulator) => accumulator.Count;
    }
}
