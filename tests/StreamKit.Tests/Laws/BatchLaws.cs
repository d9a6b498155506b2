using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Lists hold what the oracle's lists hold, and nothing that a list held is late behind it.</summary>
public class BatchLaws
{
    [Fact]
    public void ListsOfAStreamAreTheOraclesLists() => Law.Holds(BatchCase.All(), batch => SaysWhatTheOracleSays(
        batch,
        static _ => 0,
        stream => stream.Batch(batch.Max, new TimeSpan(batch.Within)).Select(ToText)));

    [Fact]
    public void ListsOfEachKeyAreTheOraclesLists() => Law.Holds(BatchCase.All(), batch => SaysWhatTheOracleSays(
        batch,
        static element => element.Key,
        stream => stream.KeyBy(static element => element.Key).Batch(batch.Max, new TimeSpan(batch.Within))
            .Select(static list =>
            {
                Assert.All(list, element => Assert.Equal(list.Key, element.Key));
                return ToText(list);
            })));

    [Fact]
    public void NoListOfAnHonestStreamIsLateInAWindow() => Law.Holds(BatchCase.All(), batch =>
    {
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) =>
            {
                DataStream<WindowResult<int, string>> windows = Timed(input)
                    .KeyBy(static e => e.Key).Batch(batch.Max, new TimeSpan(batch.Within))
                    .KeyBy(static list => list.Key)
                    .Window(TimeWindows.Tumbling(new TimeSpan(batch.Stream.Shape.Size)))
                    .SideOutputLate(out DataStream<Late<KeyedList<int, OracleElement<int, int>>>> late)
                    .Aggregate(static a => string.Join(' ', a.ToList(ToText)));
                return (windows, late);
            },
            EngineRun.InTicks);
        foreach (StreamStep step in EngineRun.Steps(batch.Stream))
        {
            EngineRun.Feed(test, step);
        }

        test.ExpectLate().ExpectNoState();
        OracleLists oracle = Oracle(batch, static e => e.Key);
        Assert.Equal(
            oracle.Results
                .GroupBy(list => (list[0].Key, OracleAssigners.Tumbling(
                    list.Max(e => e.Timestamp), batch.Stream.Shape.Size).Start))
                .Select(w => $"{w.Key} {w.Sum(list => list.Count)}").Order(),
            test.Outputs.Select(w => $"{(w.Key, w.Window.StartTime.Ticks)} {w.Value.Split(' ', ',').Length}").Order());
    });

    private static void SaysWhatTheOracleSays(
        BatchCase batch,
        Func<OracleElement<int, int>, int> key,
        Func<DataStream<OracleElement<int, int>>, DataStream<string>> lists)
    {
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) => lists(Timed(input)), EngineRun.InTicks);
        foreach (StreamStep step in EngineRun.Steps(batch.Stream))
        {
            EngineRun.Feed(test, step);
        }

        Assert.Equal(Oracle(batch, key).Results.Select(ToText), test.Outputs);
        test.ExpectNoState();
    }

    private static OracleLists Oracle(BatchCase batch, Func<OracleElement<int, int>, int> key)
    {
        var oracle = new OracleLists(batch.Max, batch.Within);
        foreach (StreamStep step in EngineRun.Steps(batch.Stream))
        {
            oracle.Feed(step, key);
        }

        return oracle;
    }

    private static DataStream<OracleElement<int, int>> Timed(DataStream<OracleElement<int, int>> input) =>
        input.WithEventTime(static e => new Timestamp(e.Timestamp), Watermarks.Monotonic());

    private static string ToText(IReadOnlyList<OracleElement<int, int>> list) => string.Join(',', list);
}
