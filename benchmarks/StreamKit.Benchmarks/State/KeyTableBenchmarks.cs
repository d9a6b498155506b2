using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using StreamKit.State;

namespace StreamKit.Benchmarks.State;

/// <summary>Counting per key: the table of the engine against the dictionary that a program would use.</summary>
[MemoryDiagnoser]
public class KeyTableBenchmarks
{
    private const int Records = 100_000;

    private readonly KeyTable<int, long> _table = new();
    private readonly Dictionary<int, long> _dictionary = [];
    private int[] _keys = [];
    private ulong[] _hashes = [];

    [Params(100, 10_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        _keys = [.. Enumerable.Range(0, Records).Select(_ => random.Next(Keys) * 7919)];
        _hashes = new ulong[Records];
        KeyHashers.For<int>().Hash(_keys, _hashes, 42);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public int Dictionary()
    {
        foreach (int key in _keys)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_dictionary, key, out _)++;
        }

        int keys = _dictionary.Count;
        _dictionary.Clear();
        return keys;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int Table()
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            _table.At(_table.FindOrAdd(_keys[i], _hashes[i], out _)).Value++;
        }

        int keys = _table.Count;
        _table.Clear();
        return keys;
    }
}
