using FsCheck.Xunit;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Tests.Operators;

/// <summary>Whatever the receiver refuses, and whenever, nothing is lost, comes twice or changes its place.</summary>
[Properties(MaxTest = 200)]
public class RefusalProperties
{
    [Property]
    public void Where(int[] values, int seed) => AssertSame<int, int>(
        values, seed, static (next, bench) => new WhereOperator<int>(static x => x % 3 != 0, next, bench.Context()));

    [Property]
    public void Select(int[] values, int seed) => AssertSame<int, string>(
        values, seed, static (next, bench) =>
            new SelectOperator<int, string>(static x => $"<{x}>", next, bench.Context()));

    [Property]
    public void SelectManyOfArrays(int[] values, int seed) => AssertSame<int, int>(
        values, seed, static (next, bench) => new SelectManyOperator<int, int>(Copies, next, bench.Context()));

    [Property]
    public void SelectManyOfLists(int[] values, int seed) => AssertSame<int, int>(
        values, seed, static (next, bench) =>
            new SelectManyOperator<int, int>(static x => [.. Copies(x).ToList()], next, bench.Context()));

    [Property]
    public void SelectManyOfSequences(int[] values, int seed) => AssertSame<int, int>(
        values, seed, static (next, bench) => new SelectManyOperator<int, int>(Lazily, next, bench.Context()));

    [Property]
    public void SelectManyOfWhatFailsNowAndThen(int[] values, int seed) => AssertSame<int, int>(
        values, seed, static (next, bench) => new SelectManyOperator<int, int>(LazilyFailing, next, bench.Context()));

    [Property]
    public void EventTime(int[] values, int seed) => AssertSame<int, int>(
        values,
        seed,
        static (next, bench) => new EventTimeOperator<int>(
            static x => x % 7 == 0 ? throw new FormatException() : new Timestamp(x),
            Watermarks.BoundedOutOfOrderness(TimeSpan.FromTicks(3)),
            0,
            next,
            bench.Context()));

    [Property]
    public void AChainOfThree(int[] values, int seed) => AssertSame<int, string>(
        values,
        seed,
        static (next, bench) => new WhereOperator<int>(
            static x => x % 5 != 0,
            new SelectManyOperator<int, int>(
                Lazily, new SelectOperator<int, string>(static x => $"<{x}>", next, bench.Context()), bench.Context()),
            bench.Context()));

    [Property]
    public void AForkIntoTwo(int[] values, int seed)
    {
        var random = new Random(seed);
        var one = new RecordingReceiver<int>(() => random.Next(3) == 0);
        var other = new RecordingReceiver<int>(() => random.Next(2) == 0);
        var bench = new Bench();
        Feed(new ForkOperator<int>([one, new WhereOperator<int>(static x => x > 0, other, bench.Context())]), bench,
            values);

        Assert.Equal(values, one.Values);
        Assert.Equal(values.Where(static x => x > 0), other.Values);
        Assert.Equal(one.Signals, other.Signals);
    }

    [Property]
    public void KeyByOntoLanes(int[] values, int seed, byte lanes)
    {
        var random = new Random(seed);
        List<int>[] seen = [.. Enumerable.Range(0, 1 + (lanes % 5)).Select(static _ => new List<int>())];
        var bench = new Bench();
        RecordingLane[] receivers = [.. seen.Select(list => new RecordingLane(list, () => random.Next(3) == 0))];
        Feed(new KeyByOperator<int, int>(static x => x & 7, receivers, bench.Context()), bench, values);

        foreach (List<int> lane in seen)
        {
            IEnumerable<int> keys = lane.Select(static x => x & 7).Distinct();
            Assert.Equal(values.Where(value => keys.Contains(value & 7)), lane);
        }

        Assert.Equal(values.Length, seen.Sum(static lane => lane.Count));
        Assert.All(receivers, static receiver => Assert.Equal(Signal.End, receiver.Signals[^1]));
    }

    private static int[] Copies(int x) => [.. Enumerable.Repeat(x, Math.Abs(x % 11))];

    private static IEnumerable<int> Lazily(int x)
    {
        for (int i = 0; i < Math.Abs(x % 11); i++)
        {
            yield return x + i;
        }
    }

    private static IEnumerable<int>? LazilyFailing(int x) => (x % 5) switch
    {
        0 => null,
        1 => throw new FormatException("at once"),
        2 => Lazily(x).Select(y => y == x + 2 ? throw new FormatException("in the middle") : y),
        _ => Lazily(x),
    };

    private static void AssertSame<TIn, TOut>(
        TIn[] values, int seed, Func<Receiver<Batch<TOut>>, Bench, Receiver<Batch<TIn>>> create)
    {
        var random = new Random(seed);
        var bench = new Bench();
        var free = new RecordingReceiver<TOut>();
        Feed(create(free, bench), bench, values);
        var refusingBench = new Bench();
        var refusing = new RecordingReceiver<TOut>(() => random.Next(3) == 0);
        Feed(create(refusing, refusingBench), refusingBench, values);

        Assert.Equal(free.Elements, refusing.Elements);
        Assert.Equal(
            bench.Errors.Failed.Select(static f => f.Record), refusingBench.Errors.Failed.Select(static f => f.Record));
        Assert.Equal(0, refusing.EmptyBatches);
    }

    // A signal now and then, so that their places among the records are tried too.
    private static void Feed<T>(Receiver<Batch<T>> head, Bench bench, T[] values)
    {
        bench.Push(head, Signal.SplitStart(0));
        int at = 0;
        foreach (T[] part in values.Chunk(6))
        {
            bench.Push(head, part.Select(value => ((long)at++, value)));
            bench.Push(head, Signal.Drained);
        }

        bench.Push(head, Signal.Watermark(long.MaxValue));
        bench.Push(head, Signal.End);
    }

    private sealed class RecordingLane(List<int> seen, Func<bool> takesMore) : Receiver<KeyedBatch<int, int>>
    {
        private bool _refusing;

        public List<Signal> Signals { get; } = [];

        public override bool OnBatch(KeyedBatch<int, int> batch)
        {
            Assert.False(_refusing);
            for (int i = 0; i < batch.Count; i++)
            {
                Assert.Equal(batch.Records.Values[i] & 7, batch.Keys[i]);
                seen.Add(batch.Records.Values[i]);
            }

            batch.Return();
            return Answer();
        }

        public override bool OnSignal(Signal signal)
        {
            Assert.False(_refusing);
            Signals.Add(signal);
            return Answer();
        }

        public override bool Resume() => Answer();

        private bool Answer() => !(_refusing = !takesMore());
    }
}
