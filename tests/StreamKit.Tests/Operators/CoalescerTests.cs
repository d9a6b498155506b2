using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Operators;

/// <summary>Small batches go on together, and nothing waits for company.</summary>
public class CoalescerTests
{
    private const int Capacity = 4;

    private readonly BatchPool<int> _pool = new(Capacity);
    private readonly BatchList _next = new();
    private readonly Coalescer<int> _coalescer;

    public CoalescerTests() => _coalescer = new(_next);

    [Fact]
    public void SmallBatchesAndWatermarksWaitUntilTheInputIsDrained()
    {
        _coalescer.OnBatch(BatchOf(1));
        _coalescer.OnSignal(Signal.Watermark(10));
        _coalescer.OnBatch(BatchOf(2, 3));
        _coalescer.OnSignal(Signal.Watermark(20));
        Assert.Empty(_next.Received);
        Assert.False(_coalescer.HoldsNothing);

        _coalescer.OnSignal(Signal.Drained);

        Assert.Equal(["1 2 3", Signal.Watermark(20).ToString(), "Drained"], Text());
        Assert.True(_coalescer.HoldsNothing);
    }

    [Fact]
    public void AFullBatchGoesOnAtOnce()
    {
        _coalescer.OnBatch(BatchOf(1, 2, 3, 4));
        Assert.Equal(["1 2 3 4"], Text());
    }

    [Fact]
    public void WhatDoesNotFitGoesAfterWhatIsHeld()
    {
        _coalescer.OnBatch(BatchOf(1, 2));
        _coalescer.OnBatch(BatchOf(3, 4, 5));
        _coalescer.OnSignal(Signal.End);
        Assert.Equal(["1 2", "3 4 5", "End"], Text());
    }

    [Fact]
    public void UnderLoadResultsGoOnAfterSomeHandOvers()
    {
        for (int i = 0; i < 100 && _next.Received.Count == 0; i++)
        {
            _coalescer.OnSignal(Signal.Watermark(i));
        }

        Assert.Single(_next.Received);
    }

    [Fact]
    public void WhatIsHeldIsGivenUpOnRequest()
    {
        _coalescer.OnBatch(BatchOf(1));
        _coalescer.HandOver();
        Assert.Equal(["1"], Text());
        Assert.True(_coalescer.HoldsNothing);
    }

    [Fact]
    public void TheTimeOfDayPassesWithoutHandingOver()
    {
        _coalescer.OnBatch(BatchOf(1));
        _coalescer.OnSignal(Signal.ProcessingTime(5));
        Assert.Single(_next.Received);
        _coalescer.OnSignal(Signal.Idle);
        Assert.Equal(["1", "Idle"], Text().Skip(1));
    }

    private List<string> Text() => _next.Received;

    private Batch<int> BatchOf(params int[] values)
    {
        Batch<int> batch = _pool.Rent();
        foreach (int value in values)
        {
            batch.Add(value, value);
        }

        return batch;
    }

    private sealed class BatchList : Receiver<Batch<int>>
    {
        public List<string> Received { get; } = [];

        public override bool OnBatch(Batch<int> batch)
        {
            Received.Add(string.Join(' ', batch.Values.Take(batch.Count)));
            batch.Return();
            return true;
        }

        public override bool OnSignal(Signal signal)
        {
            Received.Add(signal.ToString());
            return true;
        }

        public override bool Resume() => true;
    }
}
