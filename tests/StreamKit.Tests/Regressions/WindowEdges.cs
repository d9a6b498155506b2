using StreamKit.Testing;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Regressions;

/// <summary>Windows at the end of event time, and late records that an aggregator refuses.</summary>
public class WindowEdges
{
    // A window whose end would lie beyond the end of event time was left out, if another one reached there too.
    [Theory]
    [InlineData(10, 5, long.MaxValue - 1)]
    [InlineData(10, 5, long.MaxValue - 7)]
    [InlineData(10, 3, long.MaxValue - 2)]
    [InlineData(10, 3, long.MaxValue - 12)]
    public void AtTheEndOfEventTimeARecordIsInAllItsWindows(long size, long every, long at)
    {
        using var test = StreamTest.For(
            (DataStream<string> input) => input.WithEventTime(_ => new Timestamp(0), Watermarks.Monotonic())
                .KeyBy(key => key).Window(TimeWindows.Hopping(new TimeSpan(size), new TimeSpan(every))).Count(),
            new StreamTestOptions { Unit = TimeSpan.FromTicks(1) });
        test.Push(at, "k").End();

        Assert.Equal(
            OracleAssigners.Hopping(at, size, every).Select(w => $"{w.Start} {w.End}").Order(),
            test.Outputs.Select(w => $"{w.Window.StartTime.Ticks} {w.Window.EndTime.Ticks}").Order());
        test.ExpectNoState();
    }

    // A complete window repeated its result for a late record that it had not taken.
    [Fact]
    public async Task ALateRecordThatTheAggregatorRefusesSaysNothing()
    {
        (long At, long Value)[] records = [(1, long.MaxValue), (15, 0), (2, 1)];
        List<string> results = [];
        await foreach (WindowResult<string, long> result in records.ToDataStream()
            .WithEventTime(r => new Timestamp(r.At), Watermarks.Monotonic())
            .KeyBy(_ => "k").Window(TimeWindows.Tumbling(TimeSpan.FromTicks(10))).AllowLateness(TimeSpan.FromTicks(100))
            .Sum(r => r.Value)
            .ReadAllAsync(
                new JobOptions { BatchSize = 1, OnError = ErrorPolicy.Skip }, TestContext.Current.CancellationToken))
        {
            results.Add($"{result.Window.StartTime.Ticks} {result.Value} {result.Pane.Timing}");
        }

        Assert.Equal([$"0 {long.MaxValue} OnTime", "10 0 OnTime"], results);
    }
}
