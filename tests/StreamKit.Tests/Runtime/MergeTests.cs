using StreamKit.Windowing;

namespace StreamKit.Tests.Runtime;

/// <summary>Streams that flow together give the answer of all their records, whoever comes first.</summary>
public class MergeTests
{
    private const int Rounds = 20;

    [Fact]
    public async Task StreamsMergedBeforeTheyHaveEventTimeAreNeverLate()
    {
        for (int round = 0; round < Rounds; round++)
        {
            DataStream<At> merged = Part(0).ToDataStream().Merge(Part(1).ToDataStream(), Part(2).ToDataStream());
            await AssertWholeAsync(
                merged.WithEventTime(At.TimeOf, Watermarks.Monotonic()), parts: 3);
        }
    }

    [Fact]
    public async Task StreamsMergedAfterTheyHaveEventTimeAreNeverLate()
    {
        for (int round = 0; round < Rounds; round++)
        {
            DataStream<At>[] parts = [.. Enumerable.Range(0, 3).Select(static p =>
                Part(p).ToDataStream().WithEventTime(At.TimeOf, Watermarks.Monotonic()))];
            await AssertWholeAsync(parts[0].Merge(parts[1..]), parts: 3);
        }
    }

    [Fact]
    public async Task AChainOfMergesIsOneMerge()
    {
        DataStream<At> chain = Part(0).ToDataStream();
        for (int part = 1; part < 9; part++)
        {
            chain = part % 2 == 0 ? chain.Merge(Part(part).ToDataStream()) : Part(part).ToDataStream().Merge(chain);
        }

        await AssertWholeAsync(chain.WithEventTime(At.TimeOf, Watermarks.Monotonic()), parts: 9);
    }

    [Fact]
    public async Task AStreamMergedWithItselfComesTwice()
    {
        DataStream<At> stream = Part(0).ToDataStream();
        await AssertWholeAsync(stream.Merge(stream).WithEventTime(At.TimeOf, Watermarks.Monotonic()), parts: 2);
        DataStream<At> timed = Part(0).ToDataStream().WithEventTime(At.TimeOf, Watermarks.Monotonic());
        await AssertWholeAsync(timed.Merge(timed), parts: 2);
    }

    [Fact]
    public async Task AMergeKeepsTheOrderOfEachInput()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<(int Input, int Number)> seen = await Numbers(0).Merge(Numbers(1), Numbers(2))
            .ReadAllAsync(new JobOptions { BatchSize = 3, ChannelCapacity = 1 }, token).ToListAsync(token);

        for (int input = 0; input < 3; input++)
        {
            Assert.Equal(Enumerable.Range(0, 200), seen.Where(s => s.Input == input).Select(static s => s.Number));
        }

        static DataStream<(int, int)> Numbers(int input) => Enumerable.Range(0, 200).Select(i => (input, i))
            .ToDataStream();
    }

    [Fact]
    public async Task TwoSplitsAreTwoEvenWhereSelectManyStandsBeforeEventTime()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var source = new ScriptedSource<At[]>(
                new ScriptedSplit<At[]>("a", [Part(0)[..50]], [Part(0)[50..]]), new ScriptedSplit<At[]>(
                    "b", [Part(1)]));
            StreamBuilder builder = StreamBuilder.Create("splits");
            await AssertWholeAsync(
                builder.From(source).SelectMany(static r => r)
                    .WithEventTime(At.TimeOf, Watermarks.Monotonic()), parts: 2);
        }
    }

    [Fact]
    public async Task AnEmptyStreamHoldsNothingBack()
    {
        At[] none = [];
        await AssertWholeAsync(
            Part(0).ToDataStream().Merge(none.ToDataStream())
                .WithEventTime(At.TimeOf, Watermarks.Monotonic()), parts: 1);
        StreamBuilder builder = StreamBuilder.Create("no-splits");
        await AssertWholeAsync(
            builder.From(Part(0)).Merge(builder.From(new ScriptedSource<At>()))
                .WithEventTime(At.TimeOf, Watermarks.Monotonic()),
            parts: 1);
    }

    private static At[] Part(int part) => [.. Enumerable.Range(0, 100).Select(i => new At(i, $"k{(i + part) % 4}"))];

    private static async Task AssertWholeAsync(DataStream<At> stream, int parts)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        List<string> late = [];
        DataStream<WindowResult<string, long>> counts = stream
            .KeyBy(static r => r.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .SideOutputLate(out DataStream<Late<At>> tooLate)
            .Count();
        tooLate.ForEach(l => late.Add($"{l}"));
        List<WindowResult<string, long>> results =
            await counts.ReadAllAsync(new JobOptions { Parallelism = 2, BatchSize = 16 }, token).ToListAsync(token);

        Assert.Empty(late);
        Assert.Equal(parts * 100, results.Sum(static w => w.Value));
        Assert.Equal(40, results.Select(static w => (w.Key, w.Window)).Distinct().Count());
        Assert.Equal(40, results.Count);
    }
}
