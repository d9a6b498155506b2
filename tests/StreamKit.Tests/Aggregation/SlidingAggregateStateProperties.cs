using FsCheck.Xunit;
using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.Tests.Serialization;

namespace StreamKit.Tests.Aggregation;

/// <summary>A sliding row that was written and read goes on as if it had never been.</summary>
[Properties(MaxTest = 200)]
public class SlidingAggregateStateProperties
{
    private static readonly StateTypes Types = new();

    [Property]
    public void ARowGoesOn(int seed)
    {
        foreach (SlidingForm form in Enum.GetValues<SlidingForm>())
        {
            WordsGoOn(seed, form);
        }
    }

    // The last digits of such sums tell in which order and nesting they were made.
    [Property]
    public void SumsOfDoublesAreTheSameToTheLastBit(int seed) =>
        Parts.Sum<double>(static x => x).Accept(new DoublesGoOn(seed));

    [Property]
    public void ADamagedRowIsReported(int seed)
    {
        var random = new Random(seed);
        byte[] bytes = Written(Filled(random, SlidingForm.TwoStacks));
        for (int i = 0; i < 20; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                var row = new SlidingAggregate<string, WordMonoid>(new(new Words()), SlidingForm.TwoStacks);
                ReadInto(row, damaged);
                _ = row.IsEmpty ? "" : row.Total();
            }
            catch (StateException)
            {
                // What is expected.
            }

            Assert.Throws<StateException>(() => ReadInto(
                new SlidingAggregate<string, WordMonoid>(new(new Words()), SlidingForm.TwoStacks),
                bytes[..random.Next(bytes.Length)]));
        }
    }

    [Fact]
    public void AMergeThatFailsWhileReadingIsToldWithTheTotal()
    {
        byte[] bytes = Written(Filled(new Random(1), SlidingForm.TwoStacks));
        var words = new Words { FailsAfter = 3 };
        var row = new SlidingAggregate<string, WordMonoid>(new(words), SlidingForm.TwoStacks);
        ReadInto(row, bytes);
        words.FailsAfter = null;
        Assert.Equal(Filled(new Random(1), SlidingForm.TwoStacks).Total(), row.Total());
    }

    private static void WordsGoOn(int seed, SlidingForm form)
    {
        SlidingAggregate<string, WordMonoid> never = Filled(new Random(seed), form);
        var through = new SlidingAggregate<string, WordMonoid>(new(new Words()), form);
        ReadInto(through, Written(never));
        Assert.Equal(Written(never), Written(through));
        var random = new Random(seed + 1);
        for (int step = 0; step < 30; step++)
        {
            long time = random.Next(90, 200);
            if (random.Next(3) == 0)
            {
                never.RemoveBefore(time - 60);
                through.RemoveBefore(time - 60);
            }

            never.Add(time, $"{step};");
            through.Add(time, $"{step};");
            Assert.Equal(never.Total(), through.Total());
        }
    }

    private static SlidingAggregate<string, WordMonoid> Filled(Random random, SlidingForm form)
    {
        var row = new SlidingAggregate<string, WordMonoid>(new(new Words()), form);
        for (int i = 0; i < 60; i++)
        {
            row.Add(i + random.Next(40), $"{i},");
            if (random.Next(3) == 0)
            {
                row.Total();
            }

            row.RemoveBefore(i - random.Next(20));
        }

        return row;
    }

    private static byte[] Written(SlidingAggregate<string, WordMonoid> row) =>
        StateBytes.Of(Types, (ref writer) => row.Write(ref writer));

    private static void ReadInto(SlidingAggregate<string, WordMonoid> row, byte[] bytes) =>
        StateBytes.Read(Types, bytes, (ref reader) =>
        {
            row.Read(ref reader);
            return 0;
        });

    private sealed class DoublesGoOn(int seed) : IAggregatorVisitor<double, double, bool>
    {
        public bool Visit<TAcc, TAggregator>(TAggregator aggregator)
            where TAggregator : struct, IWindowAggregator<double, TAcc, double>
        {
            var random = new Random(seed);
            var never = new SlidingAggregate<TAcc, TAggregator>(aggregator, SlidingForm.TwoStacks);
            var through = new SlidingAggregate<TAcc, TAggregator>(aggregator, SlidingForm.TwoStacks);
            for (int i = 0; i < 100; i++)
            {
                never.RemoveBefore(i - 20);
                through.RemoveBefore(i - 20);
                double number = Math.Pow(10, random.Next(-8, 9)) * random.NextDouble();
                TAcc part = aggregator.Create();
                aggregator.Add(ref part, in number, i);
                never.Add(i, part);
                through.Add(i, part);
                if (random.Next(2) == 0)
                {
                    through = Through(aggregator, through);
                }

                TAcc one = never.Total(), other = through.Total();
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(aggregator.Result(in one)),
                    BitConverter.DoubleToInt64Bits(aggregator.Result(in other)));
            }

            return true;
        }

        private static SlidingAggregate<TAcc, TAggregator> Through<TAcc, TAggregator>(
            TAggregator aggregator, SlidingAggregate<TAcc, TAggregator> row)
            where TAggregator : struct, IWindowAggregator<double, TAcc, double>
        {
            byte[] bytes = StateBytes.Of(Types, (ref writer) => row.Write(ref writer));
            var read = new SlidingAggregate<TAcc, TAggregator>(aggregator, SlidingForm.TwoStacks);
            return StateBytes.Read(Types, bytes, (ref reader) =>
            {
                read.Read(ref reader);
                return read;
            });
        }
    }
}
