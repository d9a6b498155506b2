using BenchmarkDotNet.Attributes;
using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Benchmarks.Operators;

/// <summary>
/// Count and sum of a million keys in one tumbling window: how long a barrier holds the lane up, how long writing
/// takes, and how long taking it up again does. The baseline writes while the lane waits.
/// </summary>
[MemoryDiagnoser]
public class WindowStateBenchmarks
{
    private const int Keys = 1_000_000;

    private readonly StateTypes _types = new();
    private IStateful _window = null!; // Made before every benchmark.
    private OperatorState _saved = null!;

    [GlobalSetup]
    public void Prepare()
    {
        Receiver<KeyedBatch<int, int>> window = Open();
        KeyHasher<int> hasher = KeyHashers.For<int>();
        var pool = new BatchPool<int>(Surroundings.BatchSize);
        var keyed = new KeyedBatchPool<int, int>(Surroundings.BatchSize);
        for (int i = 0; i < Keys; i += Surroundings.BatchSize)
        {
            Batch<int> records = pool.Rent();
            KeyedBatch<int, int> batch = keyed.Rent(records);
            int count = Math.Min(Surroundings.BatchSize, Keys - i);
            for (int j = 0; j < count; j++)
            {
                batch.Keys[j] = (i + j) * 7919;
                records.Values[j] = j;
                records.Timestamps[j] = 1;
            }

            hasher.Hash(batch.Keys.AsSpan(0, count), batch.Hashes, 42);
            records.SetCount(count);
            window.OnBatch(batch);
        }

        _window = (IStateful)window;
        OperatorSnapshot snapshot = Save();
        snapshot.Complete();
        Console.WriteLine(
            $"// {Enumerable.Range(0, KeyGroups.Count).Sum(group => (long)snapshot.BytesOf(group).Length):N0} bytes");
        _saved = new OperatorState("window", [new StatePart(1, snapshot.Schemas, snapshot.OwnBytes)
        {
            Groups = [.. Enumerable.Range(0, KeyGroups.Count).Select(group => (group, snapshot.BytesOf(group)))],
        }]);
    }

    /// <summary>As long as the lane would wait if nothing were put off.</summary>
    [Benchmark(Baseline = true)]
    public long WriteAll()
    {
        OperatorSnapshot snapshot = Save();
        snapshot.Complete();
        return snapshot.OwnBytes.Length;
    }

    /// <summary>As long as the lane waits.</summary>
    [Benchmark]
    public long Pause() => Save().OwnBytes.Length;

    [Benchmark]
    public bool Restore()
    {
        Receiver<KeyedBatch<int, int>> window = Open();
        ((IStateful)window).Restore(_saved);
        return window.HoldsNothing;
    }

    private OperatorSnapshot Save()
    {
        var snapshot = new OperatorSnapshot("window", _window.StateKind, 1, _types);
        _window.Save(snapshot);
        return snapshot;
    }

    private static Receiver<KeyedBatch<int, int>> Open() => Composition.Of<int, (long, long)>(
        static a => (a.Count(), a.Sum(static value => value))).Accept(new Creation());

    private sealed class Creation : IAggregatorVisitor<int, (long Count, long Sum), Receiver<KeyedBatch<int, int>>>
    {
        public Receiver<KeyedBatch<int, int>> Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, (long Count, long Sum)> =>
            new SlicedWindowOperator<int, int, TAcc, (long Count, long Sum), TAggregator>(
                new WindowOptions(new HoppingAssigner(TimeSpan.TicksPerHour, TimeSpan.TicksPerHour, 0)),
                aggregator,
                new CountingReceiver<WindowResult<int, (long Count, long Sum)>>(),
                null,
                Surroundings.Context("window"));
    }
}
