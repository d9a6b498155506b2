using BenchmarkDotNet.Attributes;
using StreamKit.Aggregation;
using StreamKit.Serialization;

namespace StreamKit.Benchmarks.Aggregation;

/// <summary>
/// The total of the last n values after each value: subtracting, two stacks, and adding up all of them again.
/// </summary>
[MemoryDiagnoser]
public class SlidingBenchmarks
{
    private const int Values = 200_000;

    // Adding everything up again is measured over few values, or nobody would wait for it.
    private const int FewValues = 200;

    private readonly long[] _values = new long[Values];

    [Params(10, 1_000, 100_000)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = random.Next(1_000);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = FewValues)]
    public long AllAgain()
    {
        long checksum = 0;
        for (int i = Values - FewValues; i < Values; i++)
        {
            long total = 0;
            foreach (long value in _values.AsSpan(i - Length + 1, Length))
            {
                total += value;
            }

            checksum ^= total;
        }

        return checksum;
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public long SumsSubtracted() => Run(SlidingForm.Subtracted);

    [Benchmark(OperationsPerInvoke = Values)]
    public long SumsOfTwoStacks() => Run(SlidingForm.TwoStacks);

    [Benchmark(OperationsPerInvoke = Values)]
    public long GreatestOfTwoStacks() => Run<Extreme<long>, Greatest>(
        default,
        SlidingForm.TwoStacks,
        static value =>
        {
            Extreme<long> one = default;
            one.Set(value);
            return one;
        }).Value;

    private long Run(SlidingForm form) =>
        Run<long, SumAggregator<long, long>>(new(static value => value), form, static value => value);

    private TAcc Run<TAcc, TMonoid>(TMonoid monoid, SlidingForm form, Func<long, TAcc> part)
        where TMonoid : struct, IMonoid<TAcc>
    {
        var row = new SlidingAggregate<TAcc, TMonoid>(monoid, form);
        TAcc total = monoid.Create();
        for (int i = 0; i < _values.Length; i++)
        {
            row.RemoveBefore(i - Length + 1);
            row.Add(i, part(_values[i]));
            total = row.Total();
        }

        return total;
    }

    private readonly struct Greatest : IMonoid<Extreme<long>>
    {
        public Extreme<long> Create() => default;

        public void Merge(ref Extreme<long> into, in Extreme<long> from)
        {
            if (from.HasValue && (!into.HasValue || from.Value > into.Value))
            {
                into.Set(from.Value);
            }
        }

        public void DeclareNeeds(StateNeeds needs)
        {
        }

        public void Write(ref StateWriter writer, in Extreme<long> accumulator) => accumulator.Write(ref writer);

        public Extreme<long> Read(ref StateReader reader) => Extreme<long>.Read(ref reader);
    }
}
