using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>
/// Ordering and telling apart say what their oracles say, however batches are cut and lanes are many.
/// </summary>
public class OrderLaws
{
    private static readonly StreamTestOptions s_oneLane = EngineRun.InTicks with { Lanes = [1] };

    [Fact]
    public void AnOrderedStreamIsTheOraclesAndSoAreItsLateRecords() =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty =>
        {
            var oracle = new OracleOrder();
            using var test = StreamTest.For(
                (DataStream<OracleElement<int, int>> input) => (
                    Timed(hasty.Case, input).OrderByEventTime(out DataStream<Late<OracleElement<int, int>>> late),
                    late),
                EngineRun.InTicks);
            Feed(test, hasty.Case, oracle.Feed);

            Assert.Equal(oracle.Ordered, test.Outputs);
            Assert.Equal(oracle.Late.Select(Text), test.LateRecords.Select(Text));
            test.ExpectNoState();
        });

    [Fact]
    public void EveryKeyOfAnOrderedKeyedStreamIsInOrderOnAnyLanes() =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty =>
        {
            var oracle = new OracleOrder();
            using var test = StreamTest.For(
                (DataStream<OracleElement<int, int>> input) => (
                    Timed(hasty.Case, input).KeyBy(e => e.Key)
                        .OrderByEventTime(out DataStream<Late<OracleElement<int, int>>> late)
                        .Window(TimeWindows.Tumbling(new TimeSpan(hasty.Case.Shape.Size)))
                        .Aggregate(new InArrivalOrder<OracleElement<int, int>>(e => e.Value)),
                    late),
                EngineRun.InTicks);
            Feed(test, hasty.Case, oracle.Feed);
            IEnumerable<string> expected = OracleBatch
                .Windows(oracle.Ordered, OracleShape.Tumbling(hasty.Case.Shape.Size))
                .Select(w => $"{w.Key.Key} {w.Key.Window.Start} {string.Join(' ', w.Value)}");

            Assert.Equal(
                expected.Order(),
                test.Outputs.Select(w => $"{w.Key} {w.Window.StartTime.Ticks} {w.Value}").Order());
            Assert.Equal(oracle.Late.Select(Text), test.LateRecords.Select(Text));
            test.ExpectNoState();
        });

    [Fact]
    public void OrderingAKeyedStreamKeepsTheOrderOfEachKeyThroughASecondExchange() =>
        Law.Holds(StreamArbitraries.Streams(), stream =>
        {
            using var test = StreamTest.For(
                (DataStream<OracleElement<int, int>> input) => Timed(stream, input)
                    .KeyBy(e => e.Key).Window(TimeWindows.Tumbling(TimeSpan.FromTicks(1))).Last()
                    .KeyBy(w => w.Key % 2).OrderByEventTime()
                    .Window(TimeWindows.Global())
                    .Aggregate(new InArrivalOrder<WindowResult<int, OracleElement<int, int>>>(w => w.Value.Timestamp)),
                EngineRun.InTicks);
            Feed(test, stream, _ => { });

            Assert.All(test.Outputs, w =>
            {
                string[] times = w.Value.Split(' ');
                Assert.Equal(times.OrderBy(long.Parse), times);
            });
            Assert.Equal(
                stream.Elements.Select(e => (e.Key, e.Timestamp)).Distinct().Count(),
                test.Outputs.Sum(w => w.Value.Split(' ').Length));
            test.ExpectNoState();
        });

    [Theory]
    [InlineData(FirstBy.EventTime)]
    [InlineData(FirstBy.Arrival)]
    public void WhatGoesThroughOnceIsWhatTheOracleLetsThrough(FirstBy first) =>
        Law.Holds(StreamArbitraries.HastyStreams(), hasty =>
        {
            long within = hasty.Case.Shape.Size;
            var oracle = new OracleDistinct(within, first);
            using var test = Distinct(hasty.Case, within, first, EngineRun.InTicks);
            Feed(test, hasty.Case, oracle.Feed);

            Assert.Equal(oracle.Passed, test.Outputs);
            Assert.Equal(oracle.Late.Select(Text), test.LateRecords.Select(Text));
            AssertSeparatedAndCovered(test.Outputs, oracle.Duplicates, within);
            test.ExpectNoState();
        });

    [Fact]
    public void FirstByEventTimeIsTheBatchAnswerWhateverTheOrderOfArrival() =>
        Law.Holds(StreamArbitraries.Streams(), stream =>
        {
            long within = stream.Shape.Size;
            using var test = Distinct(stream, within, FirstBy.EventTime, EngineRun.InTicks);
            Feed(test, stream, _ => { });

            IEnumerable<(int, long)> batch =
                OracleDistinct.Batch(stream.Elements, within).Select(e => (e.Key, e.Timestamp));
            Assert.Equal(batch.Order(), test.Outputs.Select(e => (e.Key, e.Timestamp)).Order());
            Assert.Equal(
                test.Outputs.Select(e => e.Timestamp).Order(), test.Outputs.Select(e => e.Timestamp));
            test.ExpectLate().ExpectNoState();
        });

    [Fact]
    public void InOrderBothFirstsAreTheSame() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        long within = stream.Shape.Size;
        StreamCase inOrder = stream with { Elements = [.. stream.Elements.OrderBy(e => e.Timestamp)] };
        using var byTime = Distinct(inOrder, within, FirstBy.EventTime, s_oneLane);
        using var byArrival = Distinct(inOrder, within, FirstBy.Arrival, s_oneLane);
        Feed(byTime, inOrder, _ => { });
        Feed(byArrival, inOrder, _ => { });

        Assert.Equal(byTime.Outputs, byArrival.Outputs);
    });

    internal static DataStream<OracleElement<int, int>> Timed(
        StreamCase stream, DataStream<OracleElement<int, int>> input) => input.WithEventTime(
        e => new Timestamp(e.Timestamp), Watermarks.BoundedOutOfOrderness(new TimeSpan(stream.Bound)));

    internal static void Feed<TSelf, TOut>(
        StreamTestBase<TSelf, OracleElement<int, int>, TOut> test, StreamCase stream, Action<StreamStep> oracle)
        where TSelf : StreamTestBase<TSelf, OracleElement<int, int>, TOut>
    {
        foreach (StreamStep step in EngineRun.Steps(stream with { EarlyFirings = [] }))
        {
            oracle(step);
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

    private static StreamTest<OracleElement<int, int>, OracleElement<int, int>, OracleElement<int, int>> Distinct(
        StreamCase stream, long within, FirstBy first, StreamTestOptions options) => StreamTest.For(
        (DataStream<OracleElement<int, int>> input) => (
            Timed(stream, input).DistinctBy(
                e => e.Key, TimeSpan.FromTicks(within), out DataStream<Late<OracleElement<int, int>>> late, first),
            late),
        options);

    private static void AssertSeparatedAndCovered(
        IReadOnlyList<OracleElement<int, int>> passed, IEnumerable<OracleElement<int, int>> duplicates, long within)
    {
        foreach (IGrouping<int, OracleElement<int, int>> id in passed.GroupBy(e => e.Key))
        {
            long[] times = [.. id.Select(e => e.Timestamp).Order()];
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= within));
        }

        Assert.All(duplicates, duplicate => Assert.Contains(
            passed, p => p.Key == duplicate.Key && Math.Abs(p.Timestamp - duplicate.Timestamp) < within));
    }

    private static string Text((OracleElement<int, int> Element, long Watermark) late) =>
        $"{late.Element} W={late.Watermark}";

    private static string Text(Late<OracleElement<int, int>> late) => $"{late.Value} W={late.Watermark.Ticks}";
}
