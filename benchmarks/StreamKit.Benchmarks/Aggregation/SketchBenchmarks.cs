using BenchmarkDotNet.Attributes;
using StreamKit.Aggregation;

namespace StreamKit.Benchmarks.Aggregation;

/// <summary>What each aggregate costs per record, against adding the numbers in a loop.</summary>
[MemoryDiagnoser]
public class SketchBenchmarks
{
    private const int Count = 100_000;

    private static readonly Func<double, double> Number = static number => number;

    private readonly double[] _numbers = new double[Count];
    private readonly ApproxCountDistinctAggregator<double, double> _nearlyDistinct =
        new(Number, ValueHashes.For<double>(), HyperLogLog.PrecisionFor(.01));
    private readonly CountDistinctAggregator<double, double> _distinct = new(Number, Count);
    private readonly QuantileAggregator<double> _quantile = new(new(Number, new(.01, 2048)), .5);
    private readonly HeavyHittersAggregator<double, double> _hitters = new(Number, 100);
    private readonly MomentsAggregator<double> _moments = new(Number, static moments => moments.SampleVariance);

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        for (int i = 0; i < Count; i++)
        {
            // Some frequent, most rare, spread over six powers of ten.
            _numbers[i] = Math.Round(Math.Pow(10, 6 * random.NextDouble()));
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public double Loop()
    {
        double sum = 0;
        foreach (double number in _numbers)
        {
            sum += Number(number);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Variance() => Run<Moments, double, MomentsAggregator<double>>(_moments);

    [Benchmark(OperationsPerInvoke = Count)]
    public double Quantile() => Run<QuantileSketch?, double, QuantileAggregator<double>>(_quantile);

    [Benchmark(OperationsPerInvoke = Count)]
    public long ApproxCountDistinct() =>
        Run<HyperLogLog?, long, ApproxCountDistinctAggregator<double, double>>(_nearlyDistinct);

    [Benchmark(OperationsPerInvoke = Count)]
    public long CountDistinct() =>
        Run<DistinctValues<double>?, long, CountDistinctAggregator<double, double>>(_distinct);

    [Benchmark(OperationsPerInvoke = Count)]
    public IReadOnlyList<HeavyHitter<double>> HeavyHitters() =>
        Run<FrequentValues<double>?, IReadOnlyList<HeavyHitter<double>>, HeavyHittersAggregator<double, double>>(
            _hitters);

    private TOut Run<TAcc, TOut, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IAggregator<double, TAcc, TOut>
    {
        TAcc accumulator = aggregator.Create();
        foreach (ref readonly double number in _numbers.AsSpan())
        {
            aggregator.Add(ref accumulator, in number);
        }

        return aggregator.Result(in accumulator);
    }
}
