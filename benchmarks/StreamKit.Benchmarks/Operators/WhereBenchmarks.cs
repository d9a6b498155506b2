using BenchmarkDotNet.Attributes;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Benchmarks.Operators;

/// <summary>A filter over batches against a loop over the same array.</summary>
[MemoryDiagnoser]
public class WhereBenchmarks
{
    private readonly int[] _values = [.. Enumerable.Range(0, Surroundings.BatchSize)];
    private readonly BatchPool<int> _pool = new(Surroundings.BatchSize);
    private readonly CountingReceiver<int> _end = new();
    private readonly Func<int, bool> _isOdd = static value => (value & 1) == 1;
    private WhereOperator<int>? _where;

    [GlobalSetup]
    public void Prepare() => _where = new WhereOperator<int>(_isOdd, _end, Surroundings.Context("where"));

    [Benchmark(Baseline = true, OperationsPerInvoke = Surroundings.BatchSize)]
    public long Loop()
    {
        long kept = 0;
        foreach (int value in _values)
        {
            if (_isOdd(value))
            {
                kept++;
            }
        }

        return kept;
    }

    [Benchmark(OperationsPerInvoke = Surroundings.BatchSize)]
    public long Operator()
    {
        Batch<int> batch = _pool.Rent();
        _values.CopyTo(batch.Values, 0);
        batch.SetCount(_values.Length);
        _where!.OnBatch(batch);
        return _end.Records;
    }
}
