using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.Tests.Serialization;

namespace StreamKit.Tests.Aggregation;

/// <summary>
/// State that was made with other parameters is refused, because its numbers would mean something else.
/// </summary>
public class AccumulatorStateTests
{
    private static readonly StateTypes Types = new();

    [Fact]
    public void OtherParametersAreRefusedByName()
    {
        Refuses("half-life", a => a.DecayedCount(TimeSpan.FromTicks(7)), a => a.DecayedCount(TimeSpan.FromTicks(8)));
        Refuses("boundaries", a => a.Histogram(x => x, 0, 5), a => a.Histogram(x => x, 0, 6));
        Refuses("boundaries", a => a.Histogram(x => x, 0, 5), a => a.Histogram(x => x, 0, 5, 6));
        Refuses("registers", a => a.ApproxCountDistinct(x => x), a => a.ApproxCountDistinct(x => x, .02));
        Refuses("relative error", a => a.Quantile(x => x, .5), a => a.Quantile(x => x, .5, .02));
        Refuses("capacity", a => a.HeavyHitters(x => x, 7), a => a.HeavyHitters(x => x, 8));
    }

    [Fact]
    public void WhatIsOnlyReadMayChange()
    {
        byte[] bytes = Written(a => a.Quantile(x => x, .5));
        Assert.InRange(ReadAs(bytes, a => a.Quantile(x => x, .9)), 88, 92);
        Assert.Equal(99, ReadAs(bytes, a => a.Quantile(x => x, 1)));
        Assert.InRange(ReadAs(bytes, a => a.Quantile(x => x, .5, maxBins: 4096)), 48, 51);
    }

    [Fact]
    public void ALowerLimitOfDistinctValuesIsToldWhenTheResultIsRead() => Assert.Throws<InvalidOperationException>(
        () => ReadAs(Written(a => a.CountDistinct(x => x, 100)), a => a.CountDistinct(x => x, 50)));

    [Fact]
    public void AnotherLayoutIsRefused()
    {
        byte[] bytes = Written(a => a.Quantile(x => x, .5));
        bytes[1] = 9;
        Assert.Contains(
            "layout 9",
            Assert.Throws<StateException>(() => ReadAs(bytes, a => a.Quantile(x => x, .5))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ACountAndASumTakeThreeToElevenBytes()
    {
        byte[] bytes = Written(a => (a.Count(), a.Sum(x => 5L)));
        Assert.InRange(bytes.Length, 5, 20);
    }

    [Fact]
    public void OnlyAccumulatorsWithoutReferencesArePlain()
    {
        Assert.True(IsPlain(a => (a.Count(), a.Sum(x => x), a.Average(x => x), a.Min(x => x), a.Last(x => x))));
        Assert.False(IsPlain(a => (a.Count(), a.Min(x => x.ToString("R", null)))));
        Assert.False(IsPlain(a => a.Quantile(x => x, .5)));
    }

    [Fact]
    public void AnAggregatorOfAUserIsWrittenAsAValueOrAsItSays()
    {
        AggregatorPart<double, string> part = Parts.Of<double, List<double>, string, Joined>(new Joined());
        byte[] bytes = part.Accept(new Writer<string>(Types));
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 100)), part.Accept(new Reader<string>(Types, bytes)));
    }

    private static void Refuses<TOut>(
        string word, Func<Aggregates<double>, TOut> before, Func<Aggregates<double>, TOut> after)
    {
        byte[] bytes = Written(before);
        ReadAs(bytes, before);
        Assert.Contains(
            word, Assert.Throws<StateException>(() => ReadAs(bytes, after)).Message, StringComparison.Ordinal);
    }

    private static byte[] Written<TOut>(Func<Aggregates<double>, TOut> lambda) =>
        Composition.Of(lambda).Accept(new Writer<TOut>(Types));

    private static TOut ReadAs<TOut>(byte[] bytes, Func<Aggregates<double>, TOut> lambda) =>
        Composition.Of(lambda).Accept(new Reader<TOut>(Types, bytes));

    private static bool IsPlain<TOut>(Func<Aggregates<double>, TOut> lambda) =>
        Composition.Of(lambda).Accept(new Plainness<TOut>());

    private sealed class Writer<TOut>(StateTypes types) : IAggregatorVisitor<double, TOut, byte[]>
    {
        public byte[] Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<double, TAcc, TOut>
        {
            TAcc accumulator = aggregator.Create();
            for (int i = 0; i < 100; i++)
            {
                aggregator.Add(ref accumulator, i, i);
            }

            return StateBytes.Of(types, (ref writer) => aggregator.Write(ref writer, in accumulator));
        }
    }

    private sealed class Reader<TOut>(StateTypes types, byte[] bytes) : IAggregatorVisitor<double, TOut, TOut>
    {
        public TOut Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<double, TAcc, TOut>
        {
            TAcc read = StateBytes.Read(types, bytes, (ref reader) => aggregator.Read(ref reader));
            return aggregator.Result(in read);
        }
    }

    private sealed class Plainness<TOut> : IAggregatorVisitor<double, TOut, bool>
    {
        public bool Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<double, TAcc, TOut> => aggregator.IsPlain;
    }

    private sealed class Joined : IAggregator<double, List<double>, string>
    {
        public List<double> Create() => [];

        public void Add(ref List<double> accumulator, in double record) => accumulator.Add(record);

        public void Merge(ref List<double> into, in List<double> from) => into.AddRange(from);

        public string Result(in List<double> accumulator) => string.Join(' ', accumulator);
    }
}
