using System.Collections.Immutable;
using StreamKit.Aggregation;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Laws;

/// <summary>All records by event time, as text, in an accumulator from which they can be taken out again.</summary>
internal readonly struct RemovableContentsAggregator
    : IInvertibleAggregator<OracleElement<int, int>, ImmutableArray<OracleElement<int, int>>, string>
{
    public ImmutableArray<OracleElement<int, int>> Create() => [];

    public void Add(ref ImmutableArray<OracleElement<int, int>> accumulator, in OracleElement<int, int> record) =>
        accumulator = accumulator.Add(record);

    public void Merge(
        ref ImmutableArray<OracleElement<int, int>> into, in ImmutableArray<OracleElement<int, int>> from) =>
        into = into.AddRange(from);

    public void Remove(
        ref ImmutableArray<OracleElement<int, int>> from, in ImmutableArray<OracleElement<int, int>> other)
    {
        foreach (OracleElement<int, int> record in other)
        {
            int before = from.Length;
            from = from.Remove(record);
            if (from.Length == before)
            {
                throw new InvalidOperationException($"{record} is taken out, and was never put in.");
            }
        }
    }

    public string Result(in ImmutableArray<OracleElement<int, int>> accumulator) =>
        default(ContentsAggregator).Result(in accumulator);
}
