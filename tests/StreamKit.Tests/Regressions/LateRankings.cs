using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Regressions;

/// <summary>
/// Late results that came in one batch made one ranking, in two batches two, and a retraction at the end of a batch
/// made one
/// without the key that came back at once. How batches are cut must change nothing.
/// </summary>
public class LateRankings
{
    // The order between keys decides which rankings there are on the way, so the lanes are left out.
    private static readonly StreamTestOptions s_oneLane = new() { Lanes = [1] };

    [Theory]
    [InlineData(PaneMode.Accumulating)]
    [InlineData(PaneMode.Retracting)]
    public void EachLateResultIsOneRankingHoweverBatchesAreCut(PaneMode mode)
    {
        using var test = Ranking(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)), mode);
        test.Push(1, "a").Push(2, "b").Push(3, "b").Watermark(10)
            .ExpectOutputWhere(r => Text(r) == "b=2 a=1" && r.Pane.Timing == PaneTiming.OnTime)
            .Push(4, "a").Push(5, "a").Push(6, "c")
            .ExpectOutputWhere(
                r => Text(r) == "a=2 b=2" && r.Pane.Timing == PaneTiming.Late,
                r => Text(r) == "a=3 b=2",
                r => Text(r) == "a=3 b=2")
            .End().ExpectNoOutput().ExpectNoState();
    }

    [Fact]
    public void ASessionThatWasMergedAwayLeavesItsRanking()
    {
        using var test = Ranking(TimeWindows.Session(TimeSpan.FromSeconds(5)), PaneMode.Retracting);
        test.Push(0, "a").Push(8, "a").Watermark(14)
            .ExpectOutputWhere(r => Text(r) == "a=1", r => Text(r) == "a=1")
            .Push(4, "a")
            .ExpectOutputWhere(r => Text(r) == "a=3")
            .Watermark(15)
            .ExpectOutputWhere(r => r.Items.Count == 0, r => r.Items.Count == 0)
            .End().ExpectNoOutput().ExpectNoState();
    }

    private static StreamTest<string, WindowRanking<string, long>> Ranking(WindowAssigner windows, PaneMode mode) =>
        StreamTest.For(
            (DataStream<string> input) => input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(key => key).Window(windows).AllowLateness(TimeSpan.FromSeconds(20)).Panes(mode).Count()
                .TopK(2, by: w => w.Value),
            s_oneLane);

    private static string Text(WindowRanking<string, long> ranking) =>
        string.Join(' ', ranking.Items.Select(item => $"{item.Key}={item.Value}"));
}
