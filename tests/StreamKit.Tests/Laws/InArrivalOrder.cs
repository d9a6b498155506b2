using StreamKit.Aggregation;

namespace StreamKit.Tests.Laws;

/// <summary>Writes records down in the order in which they arrive, which no aggregate of the engine tells.</summary>
internal sealed class InArrivalOrder<T>(Func<T, object> selector) : IAggregator<T, string, string>
{
    public string Create() => "";

    public void Add(ref string accumulator, in T record) => accumulator += $" {selector(record)}";

    public void Merge(ref string into, in string from) => into += from;

    public string Result(in string accumulator) => accumulator.TrimStart();
}
