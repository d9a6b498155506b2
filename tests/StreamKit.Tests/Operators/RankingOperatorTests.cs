using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

public class RankingOperatorTests
{
    private static readonly Window s_window = Window.OfTicks(0, 10);

    private readonly Bench _bench = new();
    private readonly RecordingReceiver<WindowRanking<string, long>> _next = new();

    private IEnumerable<string> Rankings => _next.Values.Select(static r =>
        $"{r.Window.EndTime.Ticks} {r.Pane.Timing}{(r.Pane.IsFinal ? "!" : "")} "
        + string.Join(' ', r.Items.Select(static i => $"{i.Key}{i.Value}")));

    [Fact]
    public void TheBestComeFirstAndTiesGoByKey()
    {
        RankingOperator<string, long, long> rank = Create(3);
        Push(rank, s_window, ("d", 2), ("b", 5), ("c", 5), ("a", 1), ("e", 2));
        Assert.Empty(_next.Values);
        _bench.Push(rank, Signal.Watermark(10));

        Assert.Equal(["10 OnTime! b5 c5 d2"], Rankings);
    }

    [Fact]
    public void FewerThanAskedForAreARankingToo()
    {
        RankingOperator<string, long, long> rank = Create(10);
        Push(rank, s_window, ("a", 1));
        _bench.Push(rank, Signal.Watermark(long.MaxValue));

        Assert.Equal(["10 OnTime! a1"], Rankings);
    }

    [Fact]
    public void WindowsCloseInTheOrderOfTheirEnds()
    {
        RankingOperator<string, long, long> rank = Create(1);
        Push(rank, Window.OfTicks(10, 20), ("b", 1));
        Push(rank, s_window, ("a", 1));
        Push(rank, Window.OfTicks(20, 30), ("c", 1));
        _bench.Push(rank, Signal.Watermark(20));
        Assert.Equal(["10 OnTime! a1", "20 OnTime! b1"], Rankings);
        _bench.Push(rank, Signal.Watermark(30));
        Assert.Equal(3, _next.Values.Count());
    }

    [Fact]
    public void ThousandsOfCandidatesKeepOnlyTheBest()
    {
        RankingOperator<string, long, long> rank = Create(3);
        var random = new Random(5);
        int[] values = [.. Enumerable.Range(0, 5_000)];
        random.Shuffle(values);
        Push(rank, s_window, [.. values.Select(static v => ($"k{v}", (long)v))]);
        _bench.Push(rank, Signal.Watermark(10));

        Assert.Equal([4_999, 4_998, 4_997], _next.Values.Single().Items.Select(static i => i.Value));
    }

    [Fact]
    public void ALateResultRanksTheWindowAgainUntilItExpires()
    {
        RankingOperator<string, long, long> rank = Create(2, lateness: 5, repeat: true);
        Push(rank, s_window, ("a", 1), ("b", 2));
        _bench.Push(rank, Signal.Watermark(10));
        Push(rank, s_window, ("a", 3));
        _bench.Push(rank, Signal.Watermark(15));

        Assert.Equal(["10 OnTime b2 a1", "10 Late a3 b2"], Rankings);
        Assert.Equal([0, 1], _next.Values.Select(static r => r.Pane.Index));
    }

    [Fact]
    public void ARetractionTakesAResultOutOfTheRanking()
    {
        RankingOperator<string, long, long> rank = Create(2, lateness: 5, repeat: true);
        Push(rank, s_window, ("a", 1), ("b", 2));
        Take(rank, new WindowResult<string, long>("b", s_window, 2, new Pane(PaneTiming.Early, 0, isRetraction: true)));
        _bench.Push(rank, Signal.Watermark(10));

        Assert.Equal(["10 OnTime a1"], Rankings);
    }

    [Fact]
    public void EarlyRankingsComeAfterTheirPeriodAndOnlyWithSomethingNew()
    {
        RankingOperator<string, long, long> rank = Create(2, early: 100, repeat: true);
        Push(rank, s_window, ("a", 1));
        Assert.Equal(100, rank.NextTimer);
        _bench.Clock.Now = 100;
        _bench.Push(rank, Signal.ProcessingTime(100));
        Assert.Equal(["10 Early a1"], Rankings);
        Assert.Equal(long.MaxValue, rank.NextTimer);
        Push(rank, s_window, ("b", 2));
        Assert.Equal(200, rank.NextTimer);
        _bench.Push(rank, Signal.Watermark(10));

        Assert.Equal(["10 Early a1", "10 OnTime! b2 a1"], Rankings);
    }

    [Fact]
    public void ARankThatFailsLeavesItsResultOut()
    {
        var options = new RankingOptions<string, long, long>(2, static w => 10 / w.Value);
        var rank = new RankingOperator<string, long, long>(options, _next, _bench.Context());
        Push(rank, s_window, ("a", 1), ("zero", 0), ("b", 5));
        _bench.Push(rank, Signal.Watermark(10));

        Assert.Equal(["10 OnTime! a1 b5"], Rankings);
        Assert.Equal("zero", Assert.Single(_bench.Errors.Failed).Key);
    }

    private RankingOperator<string, long, long> Create(
        int count, long lateness = 0, long? early = null, bool repeat = false)
    {
        var options = new RankingOptions<string, long, long>(count, static w => w.Value)
        {
            LatenessTicks = lateness,
            EarlyEveryTicks = early,
            KeysRepeat = repeat,
        };
        return new RankingOperator<string, long, long>(options, _next, _bench.Context());
    }

    private void Push(
        RankingOperator<string, long, long> rank, Window window, params IEnumerable<(
            string Key, long Value)> results) =>
        Take(rank,
            [.. results.Select(
                r => new WindowResult<string, long>(r.Key, window, r.Value, new Pane(PaneTiming.OnTime, 0)))]);

    private void Take(
        RankingOperator<string, long, long> rank, params IEnumerable<WindowResult<string, long>> results) =>
        _bench.Push(rank, results.Select(static r => (r.Window.MaxTimestamp.Ticks, r)));
}
