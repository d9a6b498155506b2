using StreamKit.Aggregation;
using StreamKit.Time;

namespace StreamKit.Testing.Running;

/// <summary>Checks the laws of one aggregator over one run of records.</summary>
internal sealed class LawCheck<TIn, TAcc, TOut>(
    ITimedAggregator<TIn, TAcc, TOut> aggregator,
    Func<TOut, TOut, bool> equals)
{
    // All pairs of cuts of some twenty records; longer runs are cut at as many places that a seed decides.
    private const int MostCuts = 200;
    private const int Shuffles = 10;
    private const int Seed = 1;

    private IReadOnlyList<(TIn Record, Timestamp Timestamp)> _records = [];

    /// <summary>What the aggregator is called in messages.</summary>
    public required string Name { get; init; }

    public bool OrderMatters { get; init; }

    public LawRemove<TAcc>? Remove { get; init; }

    public void Run(IReadOnlyList<(TIn Record, Timestamp Timestamp)> records)
    {
        _records = records;
        TOut all = Result(Of(records));
        CheckResultChangesNothing(all);
        foreach ((int first, int second) in Cuts())
        {
            CheckParts(all, [.. records.Take(first)], [.. records.Take(second).Skip(first)], [.. records.Skip(second)]);
        }

        CheckNeutralElement(all);
        if (!OrderMatters)
        {
            CheckOrder(all);
        }
    }

    private void CheckParts(
        TOut all, (TIn, Timestamp)[] first, (TIn, Timestamp)[] second, (TIn, Timestamp)[] third)
    {
        TAcc leftFirst = Merged(Merged(Of(first), Of(second)), Of(third));
        TAcc rightFirst = Merged(Of(first), Merged(Of(second), Of(third)));
        TOut left = Result(leftFirst), right = Result(rightFirst);
        Require(all, left, "Adding all records gives what merging their parts gives", first, second, third);
        Require(left, right, "Merge is associative", first, second, third);
        CheckSharing(first, second, third);
        if (Remove is { } remove)
        {
            TAcc shrunk = Merged(Of(first), Of(second));
            remove(ref shrunk, Of(second));
            Require(Result(Of(first)), Result(shrunk), "Remove undoes a merge", first, second);
        }
    }

    // The merged accumulator and the one it was merged from go on by themselves.
    private void CheckSharing((TIn, Timestamp)[] first, (TIn, Timestamp)[] second, (TIn, Timestamp)[] third)
    {
        foreach ((TIn, Timestamp)[] start in new[] { first, [] })
        {
            TAcc into = Of(start);
            TAcc from = Of(second);
            aggregator.Merge(ref into, in from);
            AddAll(ref into, third);
            TOut alone = Result(Of(second));
            Require(alone, Result(from), "Growing the merged one leaves the other as it was", start, second, third);
            TOut merged = Result(into);
            AddAll(ref from, third);
            Require(merged, Result(into), "Growing the other one leaves the merged as it was", start, second, third);
        }
    }

    private void CheckNeutralElement(TOut all)
    {
        (TIn, Timestamp)[] records = [.. _records];
        TOut unchanged = Result(Merged(Of(records), aggregator.Create()));
        TOut copied = Result(Merged(aggregator.Create(), Of(records)));
        Require(all, unchanged, "Merging a new accumulator changes nothing", records);
        Require(all, copied, "Merging into a new accumulator copies", records);
    }

    private void CheckResultChangesNothing(TOut all)
    {
        TAcc accumulator = aggregator.Create();
        foreach ((TIn record, Timestamp timestamp) in _records)
        {
            aggregator.Add(ref accumulator, in record, timestamp);
            aggregator.Result(in accumulator);
        }

        Require(all, Result(accumulator), "Asking for the result changes nothing", [.. _records]);
        Require(all, Result(accumulator), "Asking for the result again gives the same", [.. _records]);
    }

    private void CheckOrder(TOut all)
    {
        var random = new Random(Seed);
        for (int i = 0; i < Shuffles; i++)
        {
            (TIn, Timestamp)[] shuffled = [.. _records];
            random.Shuffle(shuffled);
            int cut = random.Next(1, shuffled.Length);
            Require(all, Result(Of(shuffled)), "The order of records does not matter", shuffled);
            Require(
                all,
                Result(Merged(Of(shuffled[cut..]), Of(shuffled[..cut]))),
                "The order of merging does not matter",
                shuffled[cut..],
                shuffled[..cut]);
        }
    }

    private IEnumerable<(int First, int Second)> Cuts()
    {
        IEnumerable<(int First, int Second)> all =
            from first in Enumerable.Range(1, _records.Count - 2)
            from second in Enumerable.Range(first + 1, _records.Count - first - 1)
            select (first, second);
        (int First, int Second)[] cuts = [.. all];
        if (cuts.Length > MostCuts)
        {
            new Random(Seed).Shuffle(cuts);
        }

        return cuts.Take(MostCuts);
    }

    private TAcc Of(IEnumerable<(TIn, Timestamp)> records)
    {
        TAcc accumulator = aggregator.Create();
        AddAll(ref accumulator, records);
        return accumulator;
    }

    private void AddAll(ref TAcc accumulator, IEnumerable<(TIn Record, Timestamp Timestamp)> records)
    {
        foreach ((TIn record, Timestamp timestamp) in records)
        {
            aggregator.Add(ref accumulator, in record, timestamp);
        }
    }

    private TAcc Merged(TAcc into, TAcc from)
    {
        aggregator.Merge(ref into, in from);
        return into;
    }

    private TOut Result(TAcc accumulator) => aggregator.Result(in accumulator);

    private void Require(TOut expected, TOut actual, string law, params ReadOnlySpan<(TIn, Timestamp)[]> parts)
    {
        if (equals(expected, actual))
        {
            return;
        }

        var text = new List<string>();
        foreach ((TIn Record, Timestamp Timestamp)[] part in parts)
        {
            text.Add(Structure.Describe(part.Select(static p => p.Record), TimeSpan.FromTicks(1)));
        }

        throw new StreamTestException(
            $"{law}: broken by {Name}. Expected {Show(expected)}, got {Show(actual)}, "
            + $"with the records {string.Join(" | ", text)}.");
    }

    private static string Show(TOut result) => Structure.Describe(result, TimeSpan.FromTicks(1));
}
