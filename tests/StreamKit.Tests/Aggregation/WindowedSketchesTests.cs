using StreamKit.Aggregation;
using StreamKit.Windowing;

namespace StreamKit.Tests.Aggregation;

/// <summary>Sketches in whole jobs, where slices and sessions are merged and results are read more than once.</summary>
public class WindowedSketchesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Up to three seconds out of order, four keys, bursts with pauses between them.
    private static readonly Request[] Requests = MakeRequests();

    public static TheoryData<string> Shapes => ["hopping", "tumbling", "session", "global"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task EveryWindowSaysWhatItsRecordsSay(string shape)
    {
        List<WindowResult<int, Answer>> results = [];
        await foreach (var result in Windowed(shape).Aggregate(Ask).ReadAllAsync(TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        AssertAnswers(results);
        Assert.Equal(4, results.Select(result => result.Key).Distinct().Count());
    }

    // A window that speaks again after each late record must not have changed what its slices hold.
    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task WindowsThatSpeakAgainSayTheSameInTheEnd(string shape)
    {
        Dictionary<(int, Window), WindowResult<int, Answer>> last = [];
        await foreach (var result in Windowed(shape, bound: Second / 2)
            .AllowLateness(TimeSpan.FromDays(1))
            .Aggregate(Ask)
            .ReadAllAsync(TestContext.Current.CancellationToken))
        {
            last[(result.Key, result.Window)] = result;
        }

        // Sessions that grew have left results of their former bounds behind.
        AssertAnswers(last.Values.Where(result => shape != "session" || IsWholeSession(result.Key, result.Window)));
    }

    [Fact]
    public async Task RecordsThatAreValuesGiveTheSame()
    {
        List<WindowResult<int, Answer>> results = [];
        var values = Requests.Select(r => (r.At, r.Key, r.User, r.Milliseconds)).ToDataStream()
            .WithEventTime(r => r.At, Watermarks.BoundedOutOfOrderness(3 * Second))
            .KeyBy(r => r.Key)
            .Window(TimeWindows.Hopping(30 * Second, 10 * Second))
            .Aggregate(a => new Answer(
                a.Count(),
                a.ApproxCountDistinct(r => r.User, .05),
                a.CountDistinct(r => r.User),
                string.Join(' ', a.Quantiles(r => r.Milliseconds, .5, .95)),
                string.Join(' ', a.HeavyHitters(r => r.User, 1_000))));
        await foreach (var result in values.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        AssertAnswers(results);
    }

    [Fact]
    public async Task TheVerbsSayWhatTheLambdaSays()
    {
        Request[] all = [.. Requests.Where(r => r.Key == 1)];
        Assert.Equal(
            Aggregated.Over(all, a => a.Variance(r => r.Milliseconds)),
            await One(w => w.Variance(r => r.Milliseconds)),
            6);
        Assert.Equal(
            Aggregated.Over(all, a => a.StandardDeviation(r => r.Milliseconds)),
            await One(w => w.StandardDeviation(r => r.Milliseconds)),
            6);
        Assert.Equal(
            Aggregated.Over(all, a => a.Median(r => r.Milliseconds)), await One(w => w.Median(r => r.Milliseconds)));
        Assert.Equal(
            Aggregated.Over(all, a => a.Quantile(r => r.Milliseconds, .99, .05)),
            await One(w => w.Quantile(r => r.Milliseconds, .99, .05)));
        Assert.Equal(
            Aggregated.Over(all, a => a.Quantiles(r => r.Milliseconds, .1, .9)),
            await One(w => w.Quantiles(r => r.Milliseconds, .1, .9)));
        Assert.Equal(
            Aggregated.Over(all, a => a.Histogram(r => r.Milliseconds, 10, 100)),
            await One(w => w.Histogram(r => r.Milliseconds, 10, 100)));
        Assert.Equal(all.Select(r => r.User).Distinct().Count(), await One(w => w.CountDistinct(r => r.User)));
        Assert.Equal(
            Aggregated.Over(all, a => a.ApproxCountDistinct(r => r.User, .1)),
            await One(w => w.ApproxCountDistinct(r => r.User, .1)));
        Assert.Equal(
            Aggregated.Over(all, a => a.HeavyHitters(r => r.User, 1_000)),
            await One(w => w.HeavyHitters(r => r.User, 1_000)));
        Assert.Equal(all.MinBy(r => r.Milliseconds), await One(w => w.MinBy(r => r.Milliseconds)));
        Assert.Equal(all.MaxBy(r => r.Milliseconds), await One(w => w.MaxBy(r => r.Milliseconds)));
    }

    private static async Task<TOut> One<TOut>(
        Func<WindowedStream<int, Request>, DataStream<WindowResult<int, TOut>>> verb)
    {
        await foreach (var result in verb(Windowed("global")).ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (result.Key == 1)
            {
                return result.Value;
            }
        }

        throw new InvalidOperationException("The key has no result.");
    }

    private static Answer Ask(Aggregates<Request> a) => new(
        a.Count(),
        a.ApproxCountDistinct(r => r.User, .05),
        a.CountDistinct(r => r.User),
        string.Join(' ', a.Quantiles(r => r.Milliseconds, .5, .95)),
        string.Join(' ', a.HeavyHitters(r => r.User, 1_000)));

    private static WindowedStream<int, Request> Windowed(string shape, TimeSpan? bound = null) => Requests
        .ToDataStream()
        .WithEventTime(r => r.At, Watermarks.BoundedOutOfOrderness(bound ?? 3 * Second))
        .KeyBy(r => r.Key)
        .Window(shape switch
        {
            "hopping" => TimeWindows.Hopping(30 * Second, 10 * Second),
            "tumbling" => TimeWindows.Tumbling(20 * Second),
            "session" => TimeWindows.Session(5 * Second),
            _ => TimeWindows.Global(),
        });

    // The sketches are functions of the set of records, so a merged window is equal to one that was never in parts.
    private static void AssertAnswers(IEnumerable<WindowResult<int, Answer>> results)
    {
        int count = 0;
        foreach (WindowResult<int, Answer> result in results)
        {
            Request[] own = [.. In(result.Key, result.Window)];
            Assert.Equal(own.Length, result.Value.Count);
            Assert.Equal(Aggregated.Over(own, Ask), result.Value);
            Assert.Equal(own.Select(r => r.User).Distinct().Count(), result.Value.Distinct);
            count++;
        }

        Assert.True(count >= 4, $"{count} results");
    }

    private static IEnumerable<Request> In(int key, Window window) =>
        Requests.Where(r => r.Key == key && r.At >= window.Start && r.At < window.End);

    private static bool IsWholeSession(int key, Window window)
    {
        Request[] own = [.. In(key, window)];
        return own.Length > 0 && window.Start == own.Min(r => r.At) && window.End == own.Max(r => r.At) + (5 * Second)
            && !Requests.Any(r => r.Key == key && r.At < window.Start && r.At > window.Start - (5 * Second));
    }

    private static Request[] MakeRequests()
    {
        var random = new Random(2024);
        DateTimeOffset start = DateTimeOffset.UnixEpoch.AddYears(50);
        var requests = new List<(double Arrival, Request Request)>();
        for (int i = 0; i < 12_000; i++)
        {
            double second = (random.Next(12) * 20) + (random.NextDouble() * 12);
            var request = new Request(
                start + TimeSpan.FromMilliseconds(Math.Round(second * 1_000)),
                random.Next(4),
                $"user {Math.Floor(Math.Pow(random.NextDouble(), 3) * 600)}",
                Math.Exp(4 * random.NextDouble()));
            requests.Add((second + (random.NextDouble() * 2.9), request));
        }

        return [.. requests.OrderBy(pair => pair.Arrival).Select(pair => pair.Request)];
    }

    private sealed record Request(DateTimeOffset At, int Key, string User, double Milliseconds);

    private sealed record Answer(long Count, long NearlyDistinct, long Distinct, string Quantiles, string Hitters);
}
