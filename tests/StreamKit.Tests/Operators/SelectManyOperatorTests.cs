using StreamKit.Operators;

namespace StreamKit.Tests.Operators;

public class SelectManyOperatorTests
{
    [Fact]
    public void ResultsAreOfTheSplitOfTheirRecordThoughTheBatchBeforeHadNone()
    {
        var bench = new Bench();
        var next = new RecordingReceiver<int>();
        var expand = new SelectManyOperator<int, int>(
            static x => x == 0 ? [] : [x, x], next, bench.Context());

        bench.Push(expand, [(1, 0)], split: 3);
        bench.Push(expand, [(2, 7)], split: 5);

        Assert.Equal([(5, 7), (5, 7)], next.Elements.Select(static e => (e.Split, e.Value)));
    }

    [Fact]
    public void ABatchThatExpandsToNothingHoldsNothing()
    {
        var bench = new Bench();
        var next = new RecordingReceiver<int>();
        var expand = new SelectManyOperator<int, int>(static _ => Array.Empty<int>(), next, bench.Context());

        bench.Push(expand, 1, 2, 3);

        Assert.True(expand.HoldsNothing);
        Assert.Empty(next.Elements);
    }
}
