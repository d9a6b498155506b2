using System.IO.Compression;
using System.Text.Json;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

public class DistinctOperatorTests
{
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<string> _next = new();

    [Theory]
    [InlineData("dutch-2016-01-22T0500-0505")]
    [InlineData("spritzer-2013-08-10T1100-1102")]
    [InlineData("spritzer-2019-07-03T0629-0631")]
    public async Task EveryTweetOfARecordedStreamComesOnce(string capture)
    {
        (long Id, DateTimeOffset At)[] tweets = [.. Tweets(capture)];
        StreamBuilder builder = StreamBuilder.Create("job");
        var seen = new List<long>();
        builder.From(tweets)
            .WithEventTime(static t => t.At, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(30)))
            .DistinctBy(static t => t.Id, within: TimeSpan.FromMinutes(5)).Named("distinct")
            .ForEach(t => seen.Add(t.Id));
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 4 });
        await job.Completion;

        Assert.Equal(tweets.Select(static t => t.Id).Distinct().Order(), seen.Order());
        Assert.Equal(tweets.Length - seen.Count, job.GetMetrics().Of("distinct").Sum(static o => o.DuplicateRecords));
        Assert.Equal(0, job.GetMetrics().LateRecords);
    }

    [Fact]
    public void ExactlyTheSpanApartIsNoDuplicate()
    {
        using var test = Test(FirstBy.EventTime);
        test.Push(at: 0, "a").Push(at: 9, "a").Push(at: 10, "a").Push(at: 19, "a").Push(at: 20, "a").Push(at: 25, "b")
            .Watermark(100).ExpectOutput("a", "a", "a", "b").ExpectLate().ExpectNoState();
    }

    [Fact]
    public void ByEventTimeTheEarlierOneGoesThroughThoughItCameLater()
    {
        using var test = Test(FirstBy.EventTime);
        test.Push(at: 12, "a").Push(at: 5, "a").ExpectNoOutput().Watermark(6).ExpectOutput("a")
            .Watermark(13).ExpectNoOutput().Watermark(100).ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void ByArrivalTheFirstGoesThroughAtOnce()
    {
        using var test = Test(FirstBy.Arrival);
        test.Push(at: 12, "a").ExpectOutput("a").Push(at: 5, "a").ExpectNoOutput()
            .Push(at: 2, "a").ExpectOutput("a").Watermark(100).ExpectNoState();
    }

    [Theory]
    [InlineData(FirstBy.EventTime)]
    [InlineData(FirstBy.Arrival)]
    public void BehindTheWatermarkByTheSpanARecordIsJudgedAndFurtherBehindItIsLate(FirstBy first)
    {
        using var test = Test(first);
        test.Push(at: 5, "a").Watermark(20).ExpectOutput("a")
            .Push(at: 10, "a").Push(at: 10, "b").ExpectOutput("b").ExpectLate()
            .Push(at: 9, "c").ExpectNoOutput();
        Assert.Equal(("c", TimeSpan.FromSeconds(11)), (test.LateRecords[0].Value, test.LateRecords[0].LateBy));
        test.Watermark(60).ExpectNoState();
    }

    [Fact]
    public void IdsAreForgottenSoThatMemoryDoesNotGrow()
    {
        const int within = 100, perTick = 3;
        OperatorContext context = _bench.Context("distinct");
        Receiver<Batch<string>> distinct = Create(new DistinctOperator<string, string>(
            within, null, _next, null, context));
        long most = 0;
        for (int at = 0; at < 5_000; at++)
        {
            int now = at;
            _bench.Push(distinct, Enumerable.Range(0, perTick).Select(i => ((long)now, $"{now} {i}")));
            _bench.Push(distinct, Signal.Watermark(at));
            most = Math.Max(most, context.Counters.Keys);
        }

        Assert.Equal(5_000 * perTick, _next.Values.Count());
        Assert.InRange(most, 2 * within * perTick, 4 * within * perTick);
        _bench.Push(distinct, Signal.Watermark(long.MaxValue));
        Assert.Equal(0, context.Counters.Keys);
    }

    [Fact]
    public void AWatermarkThatJumpsAcrossAllOfTimeCostsNoMoreThanWhatIsRemembered()
    {
        Receiver<Batch<string>> distinct =
            Create(new DistinctOperator<string, string>(1, 10, _next, null, _bench.Context()));
        _bench.Push(distinct, [(long.MinValue + 1, "a"), (0L, "a"), (long.MaxValue - 1, "a"), (0, "a")]);
        _bench.Push(distinct, Signal.Watermark(long.MaxValue));

        Assert.Equal(3, _next.Values.Count());
        Assert.True(distinct.HoldsNothing);
    }

    [Fact]
    public void TheLongestSpanLetsEachIdThroughOnce()
    {
        Receiver<Batch<string>> distinct =
            Create(new DistinctOperator<string, string>(long.MaxValue, 10, _next, null, _bench.Context()));
        _bench.Push(distinct, [(-4_000L, "a"), (9, "a"), (4_000, "a"), (8, "b")]);
        _bench.Push(distinct, Signal.Watermark(5_000));
        Assert.Equal(["a", "b"], _next.Values);
        _bench.Push(distinct, Signal.Watermark(long.MaxValue));
        Assert.True(distinct.HoldsNothing);
    }

    [Fact]
    public void WhatNoDeduplicationCanDoIsRefusedAtTheCall()
    {
        DataStream<int> numbers = StreamBuilder.Create("p").From([1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.DistinctBy(static x => x, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => numbers.DistinctBy(static x => x, TimeSpan.FromTicks(1), maxRecords: 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => numbers.DistinctBy(static x => x, TimeSpan.FromTicks(1), (FirstBy)9));
        Assert.Throws<ArgumentNullException>(() => numbers.DistinctBy<int>(null!, TimeSpan.FromTicks(1)));
    }

    private static StreamTest<string, string, string> Test(FirstBy first) => StreamTest.For(
        (DataStream<string> input) => (input.WithEventTime(static _ => DateTimeOffset.UnixEpoch, Watermarks.Monotonic())
            .DistinctBy(static s => s, TimeSpan.FromSeconds(10), out DataStream<Late<string>> late, first), late));

    private static IEnumerable<(long Id, DateTimeOffset At)> Tweets(string capture)
    {
        string path = SharedData.Path($"tweets/{capture}.jsonl.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("user", out _))
            {
                yield return (
                    document.RootElement.GetProperty("id").GetInt64(),
                    DateTimeOffset.ParseExact(
                        document.RootElement.GetProperty("created_at").GetString()!,
                        "ddd MMM dd HH:mm:ss zzz yyyy",
                        System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private KeyByOperator<string, string> Create(DistinctOperator<string, string> distinct) =>
        new(static s => s, [distinct], _bench.Context("key-by"));
}
