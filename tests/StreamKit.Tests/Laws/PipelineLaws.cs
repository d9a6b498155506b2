using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Longer pipelines: windows over windows, streams that are used twice, merged streams, rankings.</summary>
public class PipelineLaws
{
    [Fact]
    public void AWindowOverWindowsIsTheLargerWindow() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        TimeSpan small = new(stream.Shape.Size), large = new(stream.Shape.Size * 3);
        using var chained = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) => Timed(stream, input)
                .KeyBy(e => e.Key).Window(TimeWindows.Tumbling(small)).Count()
                .KeyBy(w => w.Key).Window(TimeWindows.Tumbling(large)).Sum(w => w.Value),
            EngineRun.InTicks);
        using var direct = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) =>
                Timed(stream, input).KeyBy(e => e.Key).Window(TimeWindows.Tumbling(large)).Count(),
            EngineRun.InTicks);
        Push(chained, stream);
        Push(direct, stream);

        Assert.Equal(Sorted(direct.Outputs), Sorted(chained.Outputs));
        chained.ExpectNoState();
        direct.ExpectNoState();
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStreamMergedWithAPartOfItselfCountsThePartTwice(bool mergedBeforeEventTime) =>
        Law.Holds(StreamArbitraries.Streams(), stream =>
        {
            using var test = StreamTest.For(
                (DataStream<OracleElement<int, int>> input) =>
                {
                    DataStream<OracleElement<int, int>> early = mergedBeforeEventTime ? input : Timed(stream, input);
                    DataStream<OracleElement<int, int>> merged =
                        early.Merge(early.Where(e => e.Value % 2 == 0).SelectMany(e => new[] { e }));
                    return (mergedBeforeEventTime ? Timed(stream, merged) : merged)
                        .WindowAll(TimeWindows.Tumbling(new TimeSpan(stream.Shape.Size))).Count();
                },
                EngineRun.InTicks with { GenerateWatermarks = mergedBeforeEventTime });
            if (mergedBeforeEventTime)
            {
                foreach (OracleElement<int, int> element in stream.Elements)
                {
                    test.Push(element);
                }

                test.End();
            }
            else
            {
                Push(test, stream);
            }

            Assert.Equal(
                stream.Elements.Count + stream.Elements.Count(e => e.Value % 2 == 0), test.Outputs.Sum(w => w.Value));
            test.ExpectNoState();
        });

    [Fact]
    public void APipelineInPartsSaysWhatOneInOnePieceSays() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        using var whole = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) => Steps(stream, input, static s => s, static s => s),
            EngineRun.InTicks);
        using var parted = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) =>
                Steps(stream, input, static s => s.Pipelined(), static s => s.Pipelined()),
            EngineRun.InTicks);
        Push(whole, stream);
        Push(parted, stream);

        Assert.Equal(Sorted(whole.Outputs), Sorted(parted.Outputs));
        parted.ExpectNoState();

        static DataStream<WindowResult<int, long>> Steps(
            StreamCase stream,
            DataStream<OracleElement<int, int>> input,
            Func<DataStream<OracleElement<int, int>>, DataStream<OracleElement<int, int>>> cut,
            Func<DataStream<WindowResult<int, long>>, DataStream<WindowResult<int, long>>> cutLanes) =>
            cutLanes(cut(Timed(stream, cut(input))).SelectMany(static e => new[] { e, e })
                .KeyBy(e => e.Key).Window(TimeWindows.Tumbling(new TimeSpan(stream.Shape.Size))).Count())
                .KeyBy(w => w.Key).Window(TimeWindows.Tumbling(new TimeSpan(stream.Shape.Size * 3)))
                .Sum(w => w.Value);
    });

    [Fact]
    public void ARankingHoldsTheBestOfItsWindow() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        using var test = StreamTest.For(
            (DataStream<OracleElement<int, int>> input) => Timed(stream, input)
                .KeyBy(e => e.Key).Window(TimeWindows.Tumbling(new TimeSpan(stream.Shape.Size))).Count()
                .TopK(2, by: w => w.Value),
            EngineRun.InTicks);
        Push(test, stream);

        IEnumerable<string> expected = OracleBatch.Windows(stream.Elements, OracleShape.Tumbling(stream.Shape.Size))
            .GroupBy(b => b.Key.Window)
            .OrderBy(w => w.Key.Start)
            .Select(w => string.Join(' ', w
                .OrderByDescending(b => b.Value.Count).ThenBy(b => b.Key.Key).Take(2)
                .Select(b => $"{b.Key.Key}={b.Value.Count}")));
        Assert.Equal(expected, test.Outputs.Select(r => string.Join(' ', r.Items.Select(w => $"{w.Key}={w.Value}"))));
        test.ExpectNoState();
    });

    private static DataStream<OracleElement<int, int>> Timed(
        StreamCase stream, DataStream<OracleElement<int, int>> input) => input.WithEventTime(
        e => new Timestamp(e.Timestamp), Watermarks.BoundedOutOfOrderness(new TimeSpan(stream.Bound)));

    private static void Push<TOut>(StreamTest<OracleElement<int, int>, TOut> test, StreamCase stream)
    {
        foreach (StreamStep step in EngineRun.Steps(stream with { EarlyFirings = [] }))
        {
            switch (step)
            {
                case StreamStep.Batch batch:
                    foreach (OracleElement<int, int> element in batch.Elements)
                    {
                        test.Push(element);
                    }

                    break;
                case StreamStep.Watermark { Value: OracleTime.Max }:
                    test.End();
                    break;
                case StreamStep.Watermark watermark:
                    test.Watermark(watermark.Value);
                    break;
            }
        }
    }

    private static IEnumerable<string> Sorted(IEnumerable<WindowResult<int, long>> results) =>
        results.Select(w => $"{w.Key} {w.Window.StartTime.Ticks} {w.Value}").Order();
}
