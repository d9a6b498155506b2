using StreamKit.Tests.Runtime;
using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

public class MermaidTests
{
    [Fact]
    public void ThePipelineIsDrawnWithItsLanesAndExchanges()
    {
        StreamBuilder builder = StreamBuilder.Create("drawn");
        builder.From([new At(1, "a")], "events")
            .WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time")
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)))
            .SideOutputLate(out DataStream<Late<At>> late)
            .Count().Named("the \"counts\"")
            .To(new ScriptedSink<WindowResult<string, long>>(), "out");
        late.Named("late").To(new ScriptedSink<Late<At>>(), "late-out");

        string text = builder.Build().ToMermaid();

        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("flowchart LR", lines[0]);
        Dictionary<string, string> ids = lines.Where(static line => line.Contains("[\"", StringComparison.Ordinal))
            .ToDictionary(static line => line.Split('"')[1], static line => line.Trim().Split('[')[0]);
        Assert.Contains("the #quot;counts#quot; ×N", ids.Keys);
        Assert.Contains("late ×N", ids.Keys);
        string keyBy = ids.Keys.Single(static name => name.StartsWith("key-by", StringComparison.Ordinal));
        foreach ((string from, string arrow, string to) in (IEnumerable<(string, string, string)>)
            [
                ("events", "-->", "time"),
                ("time", "==>", keyBy),
                (keyBy, "-->", "the #quot;counts#quot; ×N"),
                ("the #quot;counts#quot; ×N", "==>", "out"),
                ("the #quot;counts#quot; ×N", "-->", "late ×N"),
                ("late ×N", "==>", "late-out"),
            ])
        {
            Assert.Contains($"  {ids[from]} {arrow} {ids[to]}", lines);
        }
    }

    [Fact]
    public async Task StepsKeepDifferentNumbersAfterARunHasAddedAndTakenItsOutput()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        StreamBuilder builder = StreamBuilder.Create("numbers");
        DataStream<int> numbers = builder.From([1]);
        await using (IAsyncEnumerator<int> run = numbers.ReadAllAsync(token).GetAsyncEnumerator(token))
        {
            Assert.True(await run.MoveNextAsync());
            numbers = numbers.Where(static _ => true);
        }

        numbers = numbers.Where(static _ => true);
        Assert.Equal([1], await numbers.ReadAllAsync(token).ToListAsync(token));
    }

    [Fact]
    public async Task PipelinesThatWereBegunApartBecomeOneHoweverTheyAreMerged()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        DataStream<int> a = ((int[])[1]).ToDataStream(), b = ((int[])[2]).ToDataStream();
        DataStream<int> c = ((int[])[3]).ToDataStream(), d = ((int[])[4]).ToDataStream();
        DataStream<int> left = a.Merge(b), right = d.Merge(c);
        DataStream<int> all = right.Merge(left, a);

        Assert.Equal([1, 1, 2, 3, 4], (await all.ReadAllAsync(token).ToListAsync(token)).Order());
        Assert.Equal([1, 2, 3], (await b.Merge(c).Merge(a).ReadAllAsync(token).ToListAsync(token)).Order());
    }
}
