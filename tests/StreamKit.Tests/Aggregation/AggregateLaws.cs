using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

/// <summary>Checks the laws of <see cref="IAggregator{TIn,TAcc,TOut}"/> on one part, with its exact types.</summary>
internal sealed class AggregateLaws<TOut>(AggregateCase parts, Action<TOut, TOut> assertSame)
    : IAggregatorVisitor<Reading, TOut, bool>
{
    /// <summary>Whether adding the parts in another order must give the same.</summary>
    public bool Commutes { get; init; } = true;

    /// <summary>Whether the result of merged parts must be that of the whole, and merging be associative.</summary>
    public bool IsExact { get; init; } = true;

    public bool Visit<TAcc, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        var driver = new Driver<TAcc, TAggregator>(aggregator);
        if (parts.First.Length + parts.Second.Length + parts.Third.Length == 0)
        {
            return true;
        }

        if (IsExact)
        {
            CheckMerging(driver);
        }

        CheckNeutral(driver);
        CheckSharesNothing(driver);
        return true;
    }

    private void CheckMerging<TAcc, TAggregator>(Driver<TAcc, TAggregator> driver)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        TAcc first = driver.Of(parts.First), second = driver.Of(parts.Second), third = driver.Of(parts.Third);
        TOut whole = driver.Result(driver.Of([.. parts.First, .. parts.Second, .. parts.Third]));
        assertSame(whole, driver.Result(driver.Joined(driver.Joined(first, second), third)));
        assertSame(whole, driver.Result(driver.Joined(first, driver.Joined(second, third))));
        if (Commutes)
        {
            assertSame(whole, driver.Result(driver.Joined(third, driver.Joined(second, first))));
            assertSame(whole, driver.Result(driver.Of([.. parts.Third, .. parts.First.Reverse(), .. parts.Second])));
        }
    }

    private void CheckNeutral<TAcc, TAggregator>(Driver<TAcc, TAggregator> driver)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        Reading[] all = [.. parts.First, .. parts.Second, .. parts.Third];
        TOut whole = driver.Result(driver.Of(all));
        assertSame(whole, driver.Result(driver.Joined(driver.Of([]), driver.Of(all))));
        assertSame(whole, driver.Result(driver.Joined(driver.Of(all), driver.Of([]))));
    }

    // What one accumulator does after a merge must not show in another, nor may reading a result change anything.
    private void CheckSharesNothing<TAcc, TAggregator>(Driver<TAcc, TAggregator> driver)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        if (parts.First.Length == 0 || parts.Second.Length == 0)
        {
            return;
        }

        TAcc first = driver.Of(parts.First), second = driver.Of(parts.Second);
        TOut resultOfFirst = driver.Result(first), resultOfSecond = driver.Result(second);
        TAcc joined = driver.Joined(first, second);
        TOut resultOfJoined = driver.Result(joined);
        assertSame(resultOfFirst, driver.Result(first));
        assertSame(resultOfSecond, driver.Result(second));

        driver.Add(ref joined, parts.Third);
        driver.Add(ref joined, parts.Second);
        assertSame(resultOfFirst, driver.Result(first));
        assertSame(resultOfSecond, driver.Result(second));

        TAcc again = driver.Joined(driver.Of(parts.First), second);
        driver.Add(ref first, parts.Third);
        driver.Add(ref second, parts.First);
        assertSame(resultOfJoined, driver.Result(again));
    }

    private sealed class Driver<TAcc, TAggregator>(TAggregator aggregator)
        where TAggregator : struct, IWindowAggregator<Reading, TAcc, TOut>
    {
        public TAcc Of(Reading[] records)
        {
            TAcc accumulator = aggregator.Create();
            Add(ref accumulator, records);
            return accumulator;
        }

        public void Add(ref TAcc accumulator, Reading[] records)
        {
            foreach (Reading record in records)
            {
                aggregator.Add(ref accumulator, in record, record.Ticks);
            }
        }

        public TAcc Joined(TAcc one, TAcc other)
        {
            TAcc accumulator = aggregator.Create();
            aggregator.Merge(ref accumulator, in one);
            aggregator.Merge(ref accumulator, in other);
            return accumulator;
        }

        public TOut Result(TAcc accumulator) => aggregator.Result(in accumulator);
    }
}
