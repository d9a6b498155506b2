using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.Tests.Serialization;

namespace StreamKit.Tests.Aggregation;

/// <summary>An accumulator that was written and read goes on as if it had never been, to the last bit.</summary>
internal sealed class AccumulatorStateLaws<TOut>(AggregateCase parts, int seed)
    : IAggregatorVisitor<Reading, TOut, bool>
{
    private readonly StateTypes _types = new();

    public bool Visit<TAcc, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        var needs = new StateNeeds(_types);
        aggregator.DeclareNeeds(needs);
        Assert.Empty(needs.Missing);
        CheckGoesOn<TAcc, TAggregator>(aggregator);
        CheckDamage<TAcc, TAggregator>(aggregator);
        return true;
    }

    private void CheckGoesOn<TAcc, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        TAcc never = Of<TAcc, TAggregator>(aggregator, parts.First);
        byte[] bytes = Write(aggregator, in never);
        TAcc through = Read<TAcc, TAggregator>(aggregator, bytes);
        Assert.Equal(bytes, Write(aggregator, in through));
        Same(aggregator, parts.First.Length, in never, in through);

        Add(aggregator, ref never, parts.Second);
        Add(aggregator, ref through, parts.Second);
        Same(aggregator, parts.First.Length + parts.Second.Length, in never, in through);

        TAcc third = Of<TAcc, TAggregator>(aggregator, parts.Third);
        TAcc readThird = Read<TAcc, TAggregator>(aggregator, Write(aggregator, in third));
        aggregator.Merge(ref never, in third);
        aggregator.Merge(ref through, in readThird);
        int all = parts.First.Length + parts.Second.Length + parts.Third.Length;
        Same(aggregator, all, in never, in through);

        if (aggregator.SlidingForm == SlidingForm.Subtracted)
        {
            aggregator.Remove(ref never, in third);
            aggregator.Remove(ref through, in readThird);
            Same(aggregator, all - parts.Third.Length, in never, in through);
        }
    }

    // Whatever is read from damaged bytes can be used; what cannot be, is refused when it is read.
    private void CheckDamage<TAcc, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        TAcc whole = Of<TAcc, TAggregator>(aggregator, parts.First);
        byte[] bytes = Write(aggregator, in whole);
        var random = new Random(seed);
        for (int i = 0; i < 10; i++)
        {
            int length = random.Next(bytes.Length);
            Assert.Throws<StateException>(() => Read<TAcc, TAggregator>(aggregator, bytes[..length]));
            byte[] damaged = [.. bytes];
            damaged[random.Next(bytes.Length)] = (byte)random.Next(256);
            TAcc read;
            try
            {
                read = Read<TAcc, TAggregator>(aggregator, damaged);
            }
            catch (StateException)
            {
                continue;
            }

            Use(aggregator, in whole, ref read);
        }
    }

    private void Use<TAcc, TAggregator>(TAggregator aggregator, in TAcc whole, ref TAcc read)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        try
        {
            Add(aggregator, ref read, parts.Second);
            aggregator.Merge(ref read, in whole);
            aggregator.Result(in read);
        }
        catch (Exception exception) when (
            exception is OverflowException or DivideByZeroException or InvalidOperationException)
        {
            // A sum outside its range, an average of nothing, too many distinct values: what they always say.
        }
    }

    private byte[] Write<TAcc, TAggregator>(TAggregator aggregator, in TAcc accumulator)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        TAcc written = accumulator;
        return StateBytes.Of(_types, (ref writer) => aggregator.Write(ref writer, in written));
    }

    private TAcc Read<TAcc, TAggregator>(TAggregator aggregator, byte[] bytes)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut> =>
        StateBytes.Read(_types, bytes, (ref reader) => aggregator.Read(ref reader));

    private static TAcc Of<TAcc, TAggregator>(TAggregator aggregator, Reading[] records)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        TAcc accumulator = aggregator.Create();
        Add(aggregator, ref accumulator, records);
        return accumulator;
    }

    private static void Add<TAcc, TAggregator>(TAggregator aggregator, ref TAcc accumulator, Reading[] records)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        foreach (Reading record in records)
        {
            aggregator.Add(ref accumulator, in record, record.Ticks);
        }
    }

    private static void Same<TAcc, TAggregator>(TAggregator aggregator, int records, in TAcc never, in TAcc through)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        if (records > 0)
        {
            Assert.Equal(aggregator.Result(in never), aggregator.Result(in through));
        }
    }
}
