using FsCheck.Fluent;
using StreamKit.Aggregation;
using StreamKit.Records;
using StreamKit.Testing;
using StreamKit.Time;

namespace StreamKit.Tests.Laws;

/// <summary>Every built-in aggregator, and compositions of them, keep the laws of merging.</summary>
public class AggregatorPartLaws
{
    [Fact]
    public void CountKeepsTheLaws() => Keeps(Parts.Count<int>());

    [Fact]
    public void SumsKeepTheLaws()
    {
        Keeps(Parts.Sum<int>(x => (long)x));
        Keeps(Parts.Sum<int>(x => (decimal)x / 8));
        Keeps(Parts.Sum<int>(x => x / 8.0), Near);
    }

    [Fact]
    public void AveragesKeepTheLaws()
    {
        Keeps(Parts.Average<int>(x => x / 8.0), Near);
        Keeps(Parts.Average<int>(x => (decimal)x));
    }

    [Fact]
    public void ExtremesKeepTheLaws()
    {
        Keeps(Parts.Min<int, int>(x => x));
        Keeps(Parts.Max<int, int>(x => x));
        Keeps(Parts.Min<int, string>(x => $"{x}"));
        Keeps(Parts.Max<int, string>(x => $"{x}"));
    }

    [Fact]
    public void EventTimesKeepTheLaws()
    {
        Keeps(Parts.FirstEventTime<int>());
        Keeps(Parts.LastEventTime<int>(), ties: true);
    }

    [Fact]
    public void FirstLastAndListKeepTheLawsInAnyOrderWhereEventTimesDiffer()
    {
        Keeps(Parts.First<int, int>(x => x));
        Keeps(Parts.Last<int, int>(x => x));
        Keeps(Parts.List<int, int>(x => x, 100));
    }

    [Fact]
    public void FirstLastAndListKeepTheLawsOfMergingWhereArrivalBreaksTies()
    {
        Keeps(Parts.First<int, int>(x => x), ties: true);
        Keeps(Parts.Last<int, int>(x => x), ties: true);
        Keeps(Parts.List<int, int>(x => x, 100), ties: true);
    }

    [Fact]
    public void CompositionsKeepTheLaws() => Keeps(Composition.Of<int, (long, long, int, int, double, string)>(a => (
        a.Count(), a.Sum(x => (long)x), a.Min(x => x), a.Last(x => x), a.Average(x => (double)x),
        string.Join(',', a.ToList(x => x)))));

    [Fact]
    public void ACompositionOfOneKeepsTheLaws() => Keeps(Composition.Of<int, long>(a => a.Count() * 2));

    [Fact]
    public void InvertibleAggregatorsForgetWhatTheyRemove() => Law.Holds(
        Gen.Choose(-1000, 1000).ArrayOf().Where(samples => samples.Length is >= 3 and < 12).ToArbitrary(),
        samples =>
        {
            AggregatorLaws.Check(new CountAggregator<int>(), samples);
            AggregatorLaws.Check(new SumAggregator<int, long>(x => x), samples);
            AggregatorLaws.Check(new SumAggregator<int, decimal>(x => x), samples);
            AggregatorLaws.Check(new DecimalAverageAggregator<int>(x => x), samples);
        });

    private static void Keeps<TOut>(
        AggregatorPart<int, TOut> part, Func<TOut, TOut, bool>? equals = null, bool ties = false) =>
        Law.Holds(
            Gen.Choose(-1000, 1000).ArrayOf().Where(samples => samples.Length is >= 3 and < 9).ToArbitrary(),
            samples => part.Accept(new Checker<TOut>(samples, equals, ties)));

    // Sums of eighths are exact, so what remains is the division of an average.
    private static bool Near(double one, double other) => Math.Abs(one - other) <= 1e-9;

    private sealed class Checker<TOut>(int[] samples, Func<TOut, TOut, bool>? equals, bool ties)
        : IAggregatorVisitor<int, TOut, Unit>
    {
        public Unit Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<int, TAcc, TOut>
        {
            foreach (bool byRun in (bool[])[false, true])
            {
                AggregatorLaws.Check<int, TAcc, TOut>(
                    new Driven<TAcc, TOut, TAggregator>(aggregator, byRun),
                    [.. samples.Select((sample, index) => (sample, InstantOf(sample, index)))],
                    equals,
                    ties ? AggregatorOrder.Relevant : AggregatorOrder.Irrelevant);
            }

            return default;
        }

        private Timestamp InstantOf(int sample, int index) => new(ties ? sample % 3 : (index * 7) % 31);
    }

    // The engine adds record by record, or a run at a time; both must keep the laws.
    private sealed class Driven<TAcc, TOut, TAggregator>(TAggregator inner, bool byRun)
        : ITimedAggregator<int, TAcc, TOut>
        where TAggregator : struct, IWindowAggregator<int, TAcc, TOut>
    {
        public TAcc Create() => inner.Create();

        public void Add(ref TAcc accumulator, in int record, Timestamp timestamp)
        {
            if (byRun)
            {
                int position = 0;
                inner.AddRun(
                    new Accumulators<TAcc>(ref accumulator, 0),
                    new Run<int>([record], [0], [timestamp.Ticks], ref position));
            }
            else
            {
                inner.Add(ref accumulator, in record, timestamp.Ticks);
            }
        }

        public void Merge(ref TAcc into, in TAcc from) => inner.Merge(ref into, in from);

        public TOut Result(in TAcc accumulator) => inner.Result(in accumulator);
    }
}
