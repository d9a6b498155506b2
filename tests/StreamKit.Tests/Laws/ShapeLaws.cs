using StreamKit.Testing;
using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>Laws between shapes of windows, and between the stream and the batch, of the engine alone.</summary>
public class ShapeLaws
{
    [Fact]
    public void WithinTheBoundTheStreamEqualsTheBatchThroughTheRealWatermarks() =>
        Law.Holds(StreamArbitraries.Streams(), stream =>
        {
            StreamCase plain = stream with { EarlyFirings = [], Mode = OracleMode.Accumulating };
            Assert.Equal(Batch(plain.Elements, plain.Shape), Net(plain, plain.Elements));
        });

    [Fact]
    public void AnyArrivalOrderWithinTheBoundGivesTheSame() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        StreamCase plain = stream with { EarlyFirings = [], Mode = OracleMode.Accumulating };
        Assert.Equal(
            Net(plain, [.. plain.Elements.OrderBy(e => e.Timestamp)]).Order(), Net(plain, plain.Elements).Order());
    });

    [Fact]
    public void HoppingIsTheUnionOfTumblingWindowsOfEveryOffset() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        long slide = stream.Shape.Slide;
        long size = slide * (1 + (stream.Shape.Size % 4));
        StreamCase plain = stream with { EarlyFirings = [], Mode = OracleMode.Accumulating };
        IEnumerable<string> union = Enumerable.Range(0, (int)(size / slide)).SelectMany(i =>
            Net(plain with { Shape = OracleShape.Tumbling(size, i * slide) }, plain.Elements));

        Assert.Equal(
            union.Order(), Net(plain with { Shape = OracleShape.Hopping(size, slide) }, plain.Elements).Order());
    });

    [Fact]
    public void SessionsMergeTheSameHoweverTheirRecordsAreOrdered() => Law.Holds(StreamArbitraries.Streams(), stream =>
    {
        // With nothing but the end of time as watermark every order of merging is possible.
        StreamCase sessions = stream with { Shape = OracleShape.Session(stream.Shape.Size), EarlyFirings = [] };
        var shuffled = sessions.Elements.ToArray();
        new Random(shuffled.Length).Shuffle(shuffled);
        var backwards = sessions.Elements.Reverse().ToList();

        IEnumerable<string> batch = Batch(sessions.Elements, sessions.Shape);
        Assert.Equal(batch, AtTheEnd(sessions, shuffled));
        Assert.Equal(batch, AtTheEnd(sessions, backwards));
    });

    private static IEnumerable<string> AtTheEnd(StreamCase stream, IReadOnlyList<OracleElement<int, int>> elements) =>
        Contents(EngineRun.Of(stream), elements);

    private static IEnumerable<string> Net(StreamCase stream, IReadOnlyList<OracleElement<int, int>> elements) =>
        Contents(EngineRun.Of(stream, EngineRun.InTicks with { GenerateWatermarks = true }), elements);

    private static IEnumerable<string> Contents(
        StreamTest<OracleElement<int, int>, WindowResult<int, string>, OracleElement<int, int>> started,
        IReadOnlyList<OracleElement<int, int>> elements)
    {
        using var test = started;
        foreach (OracleElement<int, int> element in elements)
        {
            test.Push(element);
        }

        test.End().ExpectNoState().ExpectLate();
        return OracleReplay.Describe(test.Outputs.Select(EngineRun.ToOracle).Select(pane =>
            KeyValuePair.Create((pane.Key, pane.Window), pane.Values)));
    }

    private static IReadOnlyList<string> Batch(IReadOnlyList<OracleElement<int, int>> elements, OracleShape shape) =>
        OracleReplay.Describe(OracleBatch.Windows(elements, shape));
}
