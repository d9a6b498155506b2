using BenchmarkDotNet.Attributes;
using StreamKit.Time;

namespace StreamKit.Benchmarks.Time;

/// <summary>The merged watermark of many splits against the bare minimum of an array.</summary>
[MemoryDiagnoser]
public class WatermarkMergeBenchmarks
{
    private readonly WatermarkMerge _merge = new();
    private long[] _watermarks = [];
    private long _time;

    [Params(1, 16, 256)]
    public int Splits { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _watermarks = new long[Splits];
        for (int i = 0; i < Splits; i++)
        {
            _merge.Add();
        }
    }

    [Benchmark(Baseline = true)]
    public long Minimum()
    {
        _watermarks[(int)(++_time % Splits)] = _time;
        return _watermarks.Min();
    }

    [Benchmark]
    public long Merge() => _merge.Advance((int)(++_time % Splits), _time);
}
