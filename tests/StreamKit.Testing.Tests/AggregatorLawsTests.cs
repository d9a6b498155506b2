using StreamKit.Aggregation;

namespace StreamKit.Testing.Tests;

/// <summary>Each law finds the aggregator that breaks it.</summary>
public class AggregatorLawsTests
{
    private static readonly int[] s_samples = [5, 1, 3, 3, -7, 0];

    [Fact]
    public void AnHonestAggregatorPasses() => AggregatorLaws.Check(new Broken(), s_samples);

    [Fact]
    public void AMergeThatLosesIsFound() => Finds(new Broken { Merging = (_, _) => { } }, "Adding all records");

    [Fact]
    public void AMergeThatIsNotAssociativeIsFound() =>
        Finds(new Broken { Merging = (into, from) => into.AddRange(from.Take(2)) }, "merging their parts");

    [Fact]
    public void ANewAccumulatorThatIsNotNeutralIsFound() =>
        Finds(new Broken { Creating = () => [1] }, "Adding all records");

    [Fact]
    public void AMergeThatSharesIsFound() => Finds(new Sharing(), "leaves the");

    [Fact]
    public void AResultThatChangesTheAccumulatorIsFound() => Finds(
        new Broken
        {
            Resulting = list =>
            {
                int sum = list.Sum();
                list.Clear();
                return sum;
            },
        },
        "the result");

    [Fact]
    public void AResultThatDependsOnTheOrderIsFoundUnlessItIsDeclared()
    {
        var last = new Broken { Resulting = list => list[^1] };
        Finds(last, "order");
        AggregatorLaws.Check(last, s_samples, order: AggregatorOrder.Relevant);
    }

    [Fact]
    public void ARemoveThatDoesNotUndoIsFound() => Finds(new Forgetful(), "Remove undoes a merge");

    [Fact]
    public void TooFewSamplesAreRefused() =>
        Assert.Throws<ArgumentException>(() => AggregatorLaws.Check(new Broken(), [1, 2]));

    private static void Finds<TAcc>(IAggregator<int, TAcc, int> aggregator, string law)
    {
        var failure = Assert.Throws<StreamTestException>(() => AggregatorLaws.Check(aggregator, s_samples));
        Assert.Contains(law, failure.Message, StringComparison.Ordinal);
    }

    private sealed class Broken : IAggregator<int, List<int>, int>
    {
        public Func<List<int>> Creating { get; init; } = () => [];

        public Action<List<int>, List<int>> Merging { get; init; } = (into, from) => into.AddRange(from);

        public Func<List<int>, int> Resulting { get; init; } = list => list.Sum();

        public List<int> Create() => Creating();

        public void Add(ref List<int> accumulator, in int record) => accumulator.Add(record);

        public void Merge(ref List<int> into, in List<int> from) => Merging(into, from);

        public int Result(in List<int> accumulator) => Resulting(accumulator);
    }

    private sealed class Sharing : IAggregator<int, List<int>, int>
    {
        public List<int> Create() => [];

        public void Add(ref List<int> accumulator, in int record) => accumulator.Add(record);

        public void Merge(ref List<int> into, in List<int> from)
        {
            if (into.Count == 0)
            {
                into = from;
            }
            else
            {
                into.AddRange(from);
            }
        }

        public int Result(in List<int> accumulator) => accumulator.Sum();
    }

    private sealed class Forgetful : IInvertibleAggregator<int, int, int>
    {
        public int Create() => 0;

        public void Add(ref int accumulator, in int record) => accumulator += record;

        public void Merge(ref int into, in int from) => into += from;

        public void Remove(ref int from, in int other) => from += other;

        public int Result(in int accumulator) => accumulator;
    }
}
