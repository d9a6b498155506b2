using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Operators;

public class SplitTagOperatorTests
{
    [Fact]
    public void SplitsOfManyMergesInAChainStayApart()
    {
        // Ten merges deep; at each one input joins whose only split is number 0 too.
        var next = new RecordingReceiver<int>();
        var bench = new Bench();
        List<Receiver<Batch<int>>> heads = [];
        Receiver<Batch<int>> chain = next;
        for (int depth = 0; depth < 10; depth++)
        {
            int numbers = 0;
            int Next() => numbers++;
            heads.Add(new SplitTagOperator<int>(Next, chain));
            chain = new SplitTagOperator<int>(Next, chain);
        }

        heads.Add(chain);
        heads.ForEach(head => bench.Push(head, Signal.SplitStart(0)));
        heads.ForEach(head => bench.Push(head, [(0, 1)]));

        int[] announced = [.. next.Signals.Select(static s => s.Split)];
        Assert.Equal(heads.Count, announced.Distinct().Count());
        Assert.Equal(announced, next.Elements.Where(static e => e.Signal is null).Select(static e => e.Split));
    }

    [Fact]
    public void ASplitKeepsItsNumberUntilItEnds()
    {
        var next = new RecordingReceiver<int>();
        var bench = new Bench();
        int numbers = 10;
        var tag = new SplitTagOperator<int>(() => numbers++, next);

        bench.Push(tag, Signal.SplitStart(3));
        bench.Push(tag, [(0, 1)], split: 3);
        bench.Push(tag, Signal.SplitIdle(3));
        bench.Push(tag, Signal.SplitActive(3));
        bench.Push(tag, Signal.SplitEnd(3));
        bench.Push(tag, Signal.SplitStart(3));
        bench.Push(tag, Signal.End);

        Assert.Equal(
            [Signal.SplitStart(10), Signal.SplitIdle(10), Signal.SplitActive(10), Signal.SplitEnd(10),
                Signal.SplitStart(11), Signal.End],
            next.Signals);
    }
}
