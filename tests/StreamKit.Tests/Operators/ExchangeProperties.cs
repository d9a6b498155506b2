using FsCheck.Xunit;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Tests.Operators;

/// <summary>A batch is parted by columns; no lane can tell it from parting record by record.</summary>
/// <remarks>The batches are compared as well as the records in them: nothing comes earlier or later.</remarks>
[Properties(MaxTest = 300)]
public class ExchangeProperties
{
    private const int Rounds = 12;

    // More lanes than are counted in a register, and more records than are counted at once.
    private const int MostLanes = 20;
    private const int MostRecords = 700;

    [Property]
    public void RecordsThatAreValues(int seed) => AssertSame(seed, static number => number, static number => number);

    [Property]
    public void RecordsThatAreReferences(int seed) =>
        AssertSame(seed, static number => $"key {number}", static number => $"record {number}");

    [Property]
    public void KeysThatFailLeaveNoTrace(int seed)
    {
        var random = new Random(seed);
        int lanes = random.Next(2, MostLanes), batchSize = random.Next(1, MostRecords), keys = random.Next(1, 100);
        var bench = new Bench(batchSize: batchSize);
        RecordingLane<int, int>[] seen = Lanes<int, int>(lanes, random);
        var naive = new NaiveExchange<int, int>(lanes, batchSize);
        var failed = new List<object>();
        var head = new KeyByOperator<int, int>(
            x => x % 7 == 0 ? throw new FormatException() : x % keys, seen, bench.Context());
        for (int round = 0; round < Rounds; round++)
        {
            int[] values = [.. Enumerable.Range(0, random.Next(MostRecords)).Select(_ => random.Next(1000))];
            bench.Push(head, values);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] % 7 == 0)
                {
                    failed.Add(values[i]);
                }
                else
                {
                    int key = values[i] % keys;
                    naive.Add(i, values[i], key, HashOf(key), LateCause.BehindWatermark);
                }
            }

            Signal signal = Signal.Watermark(round);
            bench.Push(head, signal);
            naive.Add(signal);
        }

        Assert.Equal(naive.Seen, seen.Select(static lane => lane.Seen));
        Assert.Equal(failed, bench.Errors.Failed.Select(static f => f.Record));
    }

    private static void AssertSame<TKey, T>(int seed, Func<int, TKey> keyOf, Func<int, T> valueOf)
    {
        var random = new Random(seed);
        int lanes = random.Next(1, MostLanes), batchSize = random.Next(1, MostRecords), keys = random.Next(1, 100);
        RecordingLane<TKey, T>[] seen = Lanes<TKey, T>(lanes, random);
        var naive = new NaiveExchange<TKey, T>(lanes, batchSize);
        var exchange = new Exchange<TKey, T>(seen, batchSize);
        Batch<T> batch = new BatchPool<T>(batchSize).Rent();
        var chosen = new TKey[batchSize];
        ulong[] hashes = new ulong[batchSize];
        for (int round = 0; round < Rounds; round++)
        {
            int count = random.Next(batchSize + 1);
            batch.SetCount(count);
            batch.LateCause = (LateCause)random.Next(2);
            for (int i = 0; i < count; i++)
            {
                int key = random.Next(keys);
                (batch.Timestamps[i], batch.Values[i]) = (random.Next(), valueOf(random.Next()));
                (chosen[i], hashes[i]) = (keyOf(key), HashOf(key));
                naive.Add(batch.Timestamps[i], batch.Values[i], chosen[i], hashes[i], batch.LateCause);
            }

            exchange.Part(batch, chosen, hashes);
            if (random.Next(4) == 0 || round == Rounds - 1)
            {
                exchange.Push(Signal.Watermark(round));
                naive.Add(Signal.Watermark(round));
            }

            while (!exchange.CanTakeMore)
            {
                exchange.Resume();
            }
        }

        Assert.Equal(naive.Seen, seen.Select(static lane => lane.Seen));
        Assert.True(exchange.HoldsNothing);
    }

    private static RecordingLane<TKey, T>[] Lanes<TKey, T>(int lanes, Random random) =>
        [.. Enumerable.Range(0, lanes).Select(_ => new RecordingLane<TKey, T>(() => random.Next(3) == 0))];

    private static ulong HashOf(int key)
    {
        ulong[] hash = new ulong[1];
        KeyHashers.For<int>().Hash([key], hash, seed: 1);
        return hash[0];
    }
}
