using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using StreamKit.Aggregation;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Benchmarks.Operators;

/// <summary>
/// Counting per key and window, one thread, no channel: the window operators against a dictionary per second.
/// </summary>
[MemoryDiagnoser]
public class WindowBenchmarks
{
    private const int Batches = 64;
    private const int Records = Batches * Surroundings.BatchSize;
    private const int Keys = 1000;
    private const long RecordTicks = TimeSpan.TicksPerSecond / 10_000;

    private readonly Dictionary<int, long> _dictionary = [];
    private readonly BatchPool<int> _pool = new(Surroundings.BatchSize);
    private readonly KeyedBatchPool<int, int> _keyedPool = new(Surroundings.BatchSize);
    private readonly KeyHasher<int> _hasher = KeyHashers.For<int>();
    private readonly int[] _keys = new int[Records];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        for (int i = 0; i < Records; i++)
        {
            _keys[i] = random.Next(Keys) * 7919;
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public long Dictionary()
    {
        long rows = 0, end = 0;
        for (int i = 0; i < Records; i++)
        {
            long ticks = i * RecordTicks;
            if (ticks >= end)
            {
                rows += _dictionary.Count;
                _dictionary.Clear();
                end += TimeSpan.TicksPerSecond;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_dictionary, _keys[i], out _)++;
        }

        return rows;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public long Tumbling() => Run(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    [Benchmark(OperationsPerInvoke = Records)]
    public long HoppingTenToOne() => Run(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));

    [Benchmark(OperationsPerInvoke = Records)]
    public long Sessions()
    {
        var end = new CountingReceiver<WindowResult<int, long>>();
        Drive(new SessionWindowOperator<int, int, long, long, CountAggregator<int>>(
            new WindowOptions(new SessionAssigner(TimeSpan.TicksPerMinute)),
            default,
            end,
            null,
            Surroundings.Context("session")));
        return end.Records;
    }

    private long Run(TimeSpan size, TimeSpan every)
    {
        var end = new CountingReceiver<WindowResult<int, long>>();
        Drive(new SlicedWindowOperator<int, int, long, long, CountAggregator<int>>(
            new WindowOptions(new HoppingAssigner(size.Ticks, every.Ticks, 0)),
            default,
            end,
            null,
            Surroundings.Context("window")));
        return end.Records;
    }

    private void Drive(Receiver<KeyedBatch<int, int>> window)
    {
        for (int i = 0; i < Records; i += Surroundings.BatchSize)
        {
            Batch<int> records = _pool.Rent();
            KeyedBatch<int, int> batch = _keyedPool.Rent(records);
            _keys.AsSpan(i, Surroundings.BatchSize).CopyTo(batch.Keys);
            _hasher.Hash(batch.Keys, batch.Hashes, 42);
            for (int j = 0; j < Surroundings.BatchSize; j++)
            {
                records.Timestamps[j] = (i + j) * RecordTicks;
            }

            records.SetCount(Surroundings.BatchSize);
            window.OnBatch(batch);
            window.OnSignal(Signal.Watermark((i + Surroundings.BatchSize) * RecordTicks));
        }

        window.OnSignal(Signal.Watermark(long.MaxValue));
    }
}
