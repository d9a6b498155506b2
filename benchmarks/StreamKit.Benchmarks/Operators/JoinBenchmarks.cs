using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Benchmarks.Operators;

/// <summary>
/// Pairs of two sides in one window, one thread, no channel: the join against a dictionary of lists. Half of the keys
/// meet.
/// </summary>
[MemoryDiagnoser]
public class JoinBenchmarks
{
    private const int Batches = 64;
    private const int Records = Batches * Surroundings.BatchSize;
    private const long RecordTicks = TimeSpan.TicksPerSecond / 100_000;

    private readonly BatchPool<int> _pool = new(Surroundings.BatchSize);
    private readonly KeyedBatchPool<int, int> _keyedPool = new(Surroundings.BatchSize);
    private readonly KeyHasher<int> _hasher = KeyHashers.For<int>();
    private readonly int[] _left = new int[Records];
    private readonly int[] _right = new int[Records];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        for (int i = 0; i < Records; i++)
        {
            _left[i] = random.Next(Records) * 7919;
            _right[i] = random.Next(Records) * 7919;
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = 2 * Records)]
    public long Dictionary()
    {
        var right = new Dictionary<int, List<int>>();
        foreach (int key in _right)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(right, key, out _) ??= []).Add(key);
        }

        long pairs = 0;
        foreach (int key in _left)
        {
            if (right.TryGetValue(key, out List<int>? others))
            {
                foreach (int other in others)
                {
                    pairs += other == key ? 1 : 0;
                }
            }
        }

        return pairs;
    }

    [Benchmark(OperationsPerInvoke = 2 * Records)]
    public long Tumbling() => Run(TimeSpan.FromSeconds(1));

    [Benchmark(OperationsPerInvoke = 2 * Records)]
    public long HoppingTwoToOne() => Run(TimeSpan.FromSeconds(0.5));

    private long Run(TimeSpan every)
    {
        var end = new CountingReceiver<int>();
        var join = new JoinOperator<int, int, int, int>(
            new JoinOptions(new HoppingAssigner(TimeSpan.TicksPerSecond, every.Ticks, 0)),
            new JoinSelectors<int, int, int, int> { Pair = static (left, right) => left + right },
            end,
            null,
            null,
            Surroundings.Context("join"));
        for (int i = 0; i < Records; i += Surroundings.BatchSize)
        {
            join.OnBatch(JoinBatch<int, int, int>.OfLeft(Batch(_left, i)));
            join.OnBatch(JoinBatch<int, int, int>.OfRight(Batch(_right, i)));
        }

        join.OnSignal(Signal.Watermark(long.MaxValue));
        return end.Records;
    }

    private KeyedBatch<int, int> Batch(int[] keys, int from)
    {
        Batch<int> records = _pool.Rent();
        KeyedBatch<int, int> batch = _keyedPool.Rent(records);
        keys.AsSpan(from, Surroundings.BatchSize).CopyTo(batch.Keys);
        keys.AsSpan(from, Surroundings.BatchSize).CopyTo(records.Values);
        _hasher.Hash(batch.Keys, batch.Hashes, 42);
        for (int i = 0; i < Surroundings.BatchSize; i++)
        {
            records.Timestamps[i] = (from + i) * RecordTicks;
        }

        records.SetCount(Surroundings.BatchSize);
        return batch;
    }
}
