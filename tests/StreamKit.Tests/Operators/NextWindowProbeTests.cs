using FsCheck.Fluent;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Tests.Laws;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>The window that closes next is the first that has records and that time has not reached.</summary>
public class NextWindowProbeTests
{
    [Fact]
    public void ItIsTheFirstWindowWithARecordThatIsNotComplete() => Law.Holds(
        (from every in Gen.Choose(1, 12)
         from size in Gen.Choose(1, 30)
         from offset in Gen.Choose(-5, 5)
         from steps in Gen.ListOf(
             from isWatermark in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
             from value in Gen.Choose(-60, 120)
             select (IsWatermark: isWatermark, Value: (long)value))
         select (Assigner: new HoppingAssigner(size, every, offset), Steps: steps.ToList())).ToArbitrary(),
        static given =>
        {
            var counters = new OperatorCounters("probe", 0);
            var probe = new NextWindowProbe<int, long>(given.Assigner, new Sink(), counters);
            var pool = new KeyedBatchPool<int, long>(8);
            var records = new BatchPool<long>(8);
            HashSet<Window> open = [];
            long watermark = long.MinValue;
            foreach ((bool isWatermark, long value) in given.Steps)
            {
                if (isWatermark)
                {
                    watermark = Math.Max(watermark, value);
                    probe.OnSignal(Signal.Watermark(value));
                }
                else
                {
                    List<Window> windows = [];
                    given.Assigner.AddWindowsOf(given.Assigner.SliceOf(value), windows);
                    open.UnionWith(windows.Where(w => w.EndTime.Ticks > watermark));
                    Batch<long> batch = records.Rent();
                    batch.Add(value, value);
                    probe.OnBatch(pool.Rent(batch));
                }

                open.RemoveWhere(w => w.EndTime.Ticks <= watermark);
                Assert.Equal(
                    open.Count == 0 ? long.MaxValue : open.Min(static w => w.EndTime.Ticks), counters.NextEnd);
            }
        });

    [Fact]
    public void AtTheEndsOfEventTimeItStillAnswers()
    {
        var counters = new OperatorCounters("probe", 0);
        var probe = new NextWindowProbe<int, long>(new HoppingAssigner(10, 10, 0), new Sink(), counters);
        foreach (long ticks in (long[])[long.MinValue + 1, long.MaxValue - 1, -1])
        {
            Batch<long> batch = new BatchPool<long>(1).Rent();
            batch.Add(ticks, 0);
            probe.OnBatch(new KeyedBatchPool<int, long>(1).Rent(batch));
        }

        Assert.True(counters.NextEnd < 0);
        probe.OnSignal(Signal.Watermark(0));
        Assert.True(counters.NextEnd > 0);
        probe.OnSignal(Signal.Watermark(long.MaxValue));
        Assert.Equal(long.MaxValue, counters.NextEnd);
    }

    [Fact]
    public void AllWithinLooksAtEveryTick()
    {
        for (int length = 0; length < 20; length++)
        {
            long[] ticks = [.. Enumerable.Range(0, length).Select(static i => 10L + (i % 5))];
            Assert.True(TickMath.AllWithin(ticks, 10, 15));
            for (int i = 0; i < length; i++)
            {
                long kept = ticks[i];
                ticks[i] = 15;
                Assert.False(TickMath.AllWithin(ticks, 10, 15));
                ticks[i] = 9;
                Assert.False(TickMath.AllWithin(ticks, 10, 15));
                ticks[i] = kept;
            }
        }
    }

    private sealed class Sink : Receiver<KeyedBatch<int, long>>
    {
        public override bool OnBatch(KeyedBatch<int, long> batch)
        {
            batch.Return();
            return true;
        }

        public override bool OnSignal(Signal signal) => true;

        public override bool Resume() => true;
    }
}
