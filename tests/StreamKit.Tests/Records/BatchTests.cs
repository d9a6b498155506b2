using System.Runtime.CompilerServices;
using StreamKit.Connectors;
using StreamKit.Records;

namespace StreamKit.Tests.Records;

public class BatchTests
{
    [Fact]
    public void AReturnedBatchIsTheNextThatIsRentedAndIsEmpty()
    {
        var pool = new BatchPool<int>(4);
        Batch<int> batch = pool.Rent();
        batch.Add(1, 10);
        batch.Split = 3;
        batch.LateCause = LateCause.IdleInputRejoined;
        batch.Return();

        Batch<int> again = pool.Rent();

        Assert.Same(batch, again);
        Assert.Equal(0, again.Count);
        Assert.Equal(0, again.Split);
        Assert.Equal(LateCause.BehindWatermark, again.LateCause);
        Assert.NotSame(again, pool.Rent());
    }

    [Fact]
    public void AReturnedBatchHoldsNoRecordAlive()
    {
        var pool = new BatchPool<object>(4);
        WeakReference[] held = FillShrinkAndReturn(pool);

        GC.Collect();

        Assert.All(held, static reference => Assert.False(reference.IsAlive));
        GC.KeepAlive(pool);
    }

    [Fact]
    public void AReturnedKeyedBatchHoldsNoKeyAlive()
    {
        var keyed = new KeyedBatchPool<object, object>(4);
        var pool = new BatchPool<object>(4);
        WeakReference held = ReturnKeyed(keyed, pool);

        GC.Collect();

        Assert.False(held.IsAlive);
        GC.KeepAlive(keyed);
        GC.KeepAlive(pool);
    }

    [Fact]
    public void RemovingARecordKeepsTheOrderOfTheOthers()
    {
        Batch<string> batch = Of("a", "b", "c", "d");

        batch.RemoveAt(1);
        Assert.Equal(["a", "c", "d"], batch.Values[..batch.Count]);
        Assert.Equal([0, 2, 3], batch.Timestamps[..batch.Count]);
        batch.RemoveAt(2);
        batch.RemoveAt(0);
        Assert.Equal(["c"], batch.Values[..batch.Count]);
        batch.RemoveAt(0);
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void TimestampsMoveToAnotherBatchWithoutBeingCopied()
    {
        Batch<string> from = Of("a", "b", "c", "d");
        from.Split = 7;
        from.LateCause = LateCause.IdleInputRejoined;
        Batch<int> to = new BatchPool<int>(4).Rent();
        long[] timestamps = from.Timestamps;

        to.SetCount(4);
        to.TakeTimestamps(from);

        Assert.Same(timestamps, to.Timestamps);
        Assert.NotSame(timestamps, from.Timestamps);
        Assert.Equal(7, to.Split);
        Assert.Equal(LateCause.IdleInputRejoined, to.LateCause);
    }

    [Fact]
    public void ACopySharesNothing()
    {
        Batch<string> batch = Of("a", "b");
        batch.Split = 7;
        batch.LateCause = LateCause.IdleInputRejoined;
        Batch<string> copy = batch.Copy();
        batch.Values[0] = "z";
        batch.Timestamps[0] = 99;
        batch.Return();

        Assert.Equal(["a", "b"], copy.Values[..copy.Count]);
        Assert.Equal([0, 1], copy.Timestamps[..copy.Count]);
        Assert.Equal(7, copy.Split);
        Assert.Equal(LateCause.IdleInputRejoined, copy.LateCause);
    }

    [Fact]
    public void ABufferTakesRecordsOneByOneAndManyAtOnceUntilItIsFull()
    {
        Batch<int> batch = new BatchPool<int>(4).Rent();
        RecordBuffer<int> buffer = new RecordBuffer<int>().Over(batch);
        buffer.Add(1);
        Assert.Equal(3, buffer.GetSpan().Length);
        buffer.GetSpan()[0] = 2;
        buffer.GetSpan()[1] = 3;
        buffer.Advance(2);
        Assert.Equal(1, buffer.Remaining);
        Assert.False(buffer.IsFull);
        buffer.Add(4);

        Assert.True(buffer.IsFull);
        Assert.Equal([1, 2, 3, 4], batch.Values);
        Assert.Throws<InvalidOperationException>(() => buffer.Add(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }

    [Fact]
    public void SignalsSayWhatTheyAre()
    {
        Assert.Equal("Watermark(MAX)", Signal.Watermark(long.MaxValue).ToString());
        Assert.Equal("SplitStart(3)", Signal.SplitStart(3).ToString());
        Assert.Equal("End", Signal.End.ToString());
        Assert.Equal(Signal.SplitEnd(9), Signal.SplitEnd(3).OfSplit(9));
        Assert.True(Signal.Drained.IsLocal);
        Assert.True(Signal.ProcessingTime(1).IsLocal);
        Assert.False(Signal.Started.IsLocal);
    }

    private static Batch<string> Of(params ReadOnlySpan<string> values)
    {
        Batch<string> batch = new BatchPool<string>(4).Rent();
        for (int i = 0; i < values.Length; i++)
        {
            batch.Add(i, values[i]);
        }

        return batch;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] FillShrinkAndReturn(BatchPool<object> pool)
    {
        object[] records = [new(), new(), new(), new()];
        Batch<object> batch = pool.Rent();
        foreach (object record in records)
        {
            batch.Add(0, record);
        }

        // What lies beyond the count was written all the same.
        batch.RemoveAt(0);
        batch.SetCount(1);
        batch.Return();
        return [.. records.Select(static record => new WeakReference(record))];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ReturnKeyed(KeyedBatchPool<object, object> keyed, BatchPool<object> pool)
    {
        object key = new();
        Batch<object> records = pool.Rent();
        records.Add(0, key);
        KeyedBatch<object, object> batch = keyed.Rent(records);
        batch.Keys[0] = key;
        batch.Return();
        return new WeakReference(key);
    }
}
