using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Whole jobs, with tasks and channels, give the batch answer.</summary>
public class JobLaws
{
    [Fact]
    public void AJobWithSeveralSplitsLanesAndNarrowChannelsGivesTheBatchAnswer() =>
        Law.Holds(StreamArbitraries.Streams(), async (StreamCase stream) =>
        {
            int variant = stream.Elements.Count;
            Assert.Equal(
                OracleReplay.Describe(OracleBatch.Windows(stream.Elements, stream.Shape)),
                await RunAsync(stream, splits: 1 + (variant % 3), lanes: 1 + (variant % 4), batch: 1 + (variant % 5)));
        });

    [Fact]
    public void TwoStreamsThatAreMergedAfterTheyHaveEventTimeGiveTheBatchAnswer() =>
        Law.Holds(StreamArbitraries.Streams(), async (StreamCase stream) =>
        {
            var sink = new CollectingSink<WindowResult<int, string>>();
            StreamBuilder builder = StreamBuilder.Create("law");
            DataStream<OracleElement<int, int>> Half(int remainder)
            {
                List<OracleElement<int, int>> half = [.. stream.Elements.Where(e => e.Value % 2 == remainder)];
                return Timed(stream, builder.From(new TestSource<OracleElement<int, int>>(half)));
            }

            Assert.Equal(
                OracleReplay.Describe(OracleBatch.Windows(stream.Elements, stream.Shape)),
                await RunAsync(
                    stream, builder, Half(0).Merge(Half(1)), sink, new JobOptions { Parallelism = 2, BatchSize = 2 }));
        });

    private static Task<IReadOnlyList<string>> RunAsync(StreamCase stream, int splits, int lanes, int batch)
    {
        IEnumerable<List<OracleElement<int, int>>> parts = Enumerable.Range(0, splits)
            .Select(split => stream.Elements.Where((_, index) => index % splits == split).ToList());
        var source = new TestSource<OracleElement<int, int>>([.. parts]);
        StreamBuilder builder = StreamBuilder.Create("law");
        return RunAsync(
            stream,
            builder,
            Timed(stream, builder.From(source)),
            new CollectingSink<WindowResult<int, string>>(),
            new JobOptions { Parallelism = lanes, BatchSize = batch, ChannelCapacity = 1, HashSeed = 1 });
    }

    private static DataStream<OracleElement<int, int>> Timed(
        StreamCase stream, DataStream<OracleElement<int, int>> records) => records.WithEventTime(
        e => new Timestamp(e.Timestamp), Watermarks.BoundedOutOfOrderness(TimeSpan.FromTicks(stream.Bound)));

    private static async Task<IReadOnlyList<string>> RunAsync(
        StreamCase stream,
        StreamBuilder builder,
        DataStream<OracleElement<int, int>> records,
        CollectingSink<WindowResult<int, string>> sink,
        JobOptions options)
    {
        records.KeyBy(e => e.Key).Window(EngineRun.Assigner(stream.Shape))
            .Aggregate(a => string.Join(',', a.ToList(e => e.Value))).To(sink);
        await using StreamJob job = builder.Build().Start(options);
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, job.GetMetrics().LateRecords);
        return OracleReplay.Describe(sink.Records.Select(EngineRun.ToOracle).Select(pane =>
            KeyValuePair.Create((pane.Key, pane.Window), pane.Values)));
    }
}
