using System.Globalization;
using StreamKit.Aggregation;
using StreamKit.Time;

namespace StreamKit.Tests.Windowing;

/// <summary>The ticks of the records' event times, in the order in which they were added and merged.</summary>
internal sealed class Arrivals : ITimedAggregator<string, string, string>
{
    public string Create() => string.Empty;

    public void Add(ref string accumulator, in string record, Timestamp timestamp) => Merge(
        ref accumulator, timestamp.Ticks.ToString(CultureInfo.InvariantCulture));

    public void Merge(ref string into, in string from) =>
        into = into.Length == 0 || from.Length == 0 ? into + from : $"{into} {from}";

    public string Result(in string accumulator) => accumulator;
}
