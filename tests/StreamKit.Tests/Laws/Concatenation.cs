using StreamKit.Aggregation;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Laws;

/// <summary>The values in the order in which they were added and merged, which shows every wrong turn.</summary>
internal sealed class Concatenation : IAggregator<OracleElement<int, int>, string, string>
{
    public string Create() => string.Empty;

    public void Add(ref string accumulator, in OracleElement<int, int> record) => accumulator += $"{record.Value},";

    public void Merge(ref string into, in string from) => into += from;

    public string Result(in string accumulator) => accumulator;
}
