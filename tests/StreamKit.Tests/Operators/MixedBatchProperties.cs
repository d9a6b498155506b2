using FsCheck.Xunit;
using StreamKit.Aggregation;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Operators;

/// <summary>
/// Records that change the slice all the time are added in one go; the windows must not be able to tell.
/// </summary>
[Properties(MaxTest = 300)]
public class MixedBatchProperties
{
    private const int Rounds = 4;
    private const int RecordsPerRound = 150;
    private const int Keys = 20;

    // Far more than the slices that are told apart at once.
    private const int WidestDisorder = 200;

    private readonly record struct Reading(int Key, int Value);

    private sealed record Message(int Key, int Value);

    [Property]
    public void RecordsThatAreValues(int seed) => AssertSame(
        seed,
        static (key, value) => new Reading(key, value),
        static r => r.Key,
        Parts.Sum<Reading>(static r => r.Value));

    [Property]
    public void RecordsThatAreReferences(int seed) => AssertSame(
        seed,
        static (key, value) => new Message(key, value),
        static m => m.Key,
        Parts.Sum<Message>(static m => m.Value));

    [Property]
    public void AggregatesThatSeeTheOrder(int seed) => AssertSame(
        seed,
        static (key, value) => new Reading(key, value),
        static r => r.Key,
        Parts.First<Reading, long>(static r => r.Value));

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void AnAccumulatorThatCannotBeMadeNamesTheStepAndTheKey(int disorder)
    {
        var bench = new Bench(goesOn: false, RecordsPerRound);
        var options = new WindowOptions(new HoppingAssigner(10, 5, 0));
        AggregatorPart<Reading, long> part =
            Parts.Of<Reading, long, long, FailsAfter>(new(new int[1], disorder == 1 ? 2 : 8));
        var head = new KeyByOperator<int, Reading>(
            static r => r.Key,
            [part.Accept(new Creation<Reading>(
                options,
                new RecordingReceiver<WindowResult<int, long>>(),
                new RecordingReceiver<Late<Reading>>(),
                bench.Context("window")))],
            bench.Context());

        // The last record alone has its key; those before it have two keys in each of the one or four slices.
        IEnumerable<(long, Reading)> records = Enumerable.Range(0, RecordsPerRound).Select(i =>
            ((long)(i * 7 % disorder), new Reading(i == RecordsPerRound - 1 ? 99 : i / disorder % 2, i)));
        StreamException failure = Assert.Throws<StreamException>(() => bench.Push(head, records));

        Assert.Equal("window", failure.Operator);
        Assert.Equal("99", failure.Key);
    }

    private static void AssertSame<T>(
        int seed, Func<int, int, T> create, Func<T, int> key, AggregatorPart<T, long> part)
    {
        (string[] Results, string[] Late) oneByOne = Run(1, seed, create, key, part);
        (string[] Results, string[] Late) together = Run(RecordsPerRound, seed, create, key, part);

        Assert.Equal(oneByOne.Results, together.Results);
        Assert.Equal(oneByOne.Late, together.Late);
    }

    private static (string[] Results, string[] Late) Run<T>(
        int batchSize, int seed, Func<int, int, T> create, Func<T, int> key, AggregatorPart<T, long> part)
    {
        var random = new Random(seed);
        int every = random.Next(1, 12);
        int size = every + random.Next(0, 25);
        int disorder = random.Next(1, WidestDisorder);
        var options = new WindowOptions(new HoppingAssigner(size, every, random.Next(0, every)))
        {
            LatenessTicks = random.Next(3) * 7,
            Mode = (PaneMode)random.Next(3),
        };
        var bench = new Bench(goesOn: false, batchSize);
        var next = new RecordingReceiver<WindowResult<int, long>>();
        var late = new RecordingReceiver<Late<T>>();
        var head = new KeyByOperator<int, T>(
            key, [part.Accept(new Creation<T>(options, next, late, bench.Context()))], bench.Context());
        var results = new List<string>();
        for (int round = 0, from = 0; round < Rounds; round++, from += disorder / 2)
        {
            bench.Push(head, [.. Enumerable.Range(0, RecordsPerRound).Select(i =>
                ((long)(from + random.Next(disorder)), create(random.Next(Keys), (round * RecordsPerRound) + i)))]);
            bench.Push(head, Signal.Watermark(round < Rounds - 1 ? from + random.Next(disorder) : long.MaxValue));

            results.AddRange(next.Values.Select(static r => $"{r}"));
            next.Elements.Clear();
        }

        return ([.. results], [.. late.Values.Select(static l => $"{l}")]);
    }

    // Accumulators are made when a key is new to a slice.
    private readonly struct FailsAfter(int[] made, int most) : IAggregator<Reading, long, long>
    {
        public long Create() => ++made[0] > most ? throw new FormatException() : 0;

        public void Add(ref long accumulator, in Reading record) => accumulator++;

        public void Merge(ref long into, in long from) => into += from;

        public long Result(in long accumulator) => accumulator;
    }

    private sealed class Creation<T>(
        WindowOptions options,
        Receiver<Batch<WindowResult<int, long>>> next,
        Receiver<Batch<Late<T>>> late,
        OperatorContext context) : IAggregatorVisitor<T, long, Receiver<KeyedBatch<int, T>>>
    {
        public Receiver<KeyedBatch<int, T>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<T, TAcc, long> =>
            new SlicedWindowOperator<int, T, TAcc, long, TAggregator>(options, aggregator, next, late, context);
    }
}
