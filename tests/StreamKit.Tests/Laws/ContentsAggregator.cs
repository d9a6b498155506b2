using System.Collections.Immutable;
using StreamKit.Aggregation;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Laws;

/// <summary>All records by event time, as text, in an accumulator that is a value and so is stacked.</summary>
internal readonly struct ContentsAggregator
    : IAggregator<OracleElement<int, int>, ImmutableArray<OracleElement<int, int>>, string>
{
    public ImmutableArray<OracleElement<int, int>> Create() => [];

    public void Add(ref ImmutableArray<OracleElement<int, int>> accumulator, in OracleElement<int, int> record) =>
        accumulator = accumulator.Add(record);

    public void Merge(
        ref ImmutableArray<OracleElement<int, int>> into, in ImmutableArray<OracleElement<int, int>> from) =>
        into = into.AddRange(from);

    public string Result(in ImmutableArray<OracleElement<int, int>> accumulator) =>
        string.Join(',', accumulator.OrderBy(e => e.Timestamp).ThenBy(e => e.Value).Select(e => e.Value));
}
