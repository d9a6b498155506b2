using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The arithmetic mean of decimals.</summary>
internal readonly struct DecimalAverageAggregator<TIn>(Func<TIn, decimal> selector)
    : IAggregator<TIn, (decimal Sum, long Count), decimal>
{
    private readonly Func<TIn, decimal> _selector = selector;

    public (decimal Sum, long Count) Create() => default;

    public void Add(ref (decimal Sum, long Count) accumulator, in TIn record) =>
        accumulator = (accumulator.Sum + _selector(record), accumulator.Count + 1);

    public void Merge(ref (decimal Sum, long Count) into, in (decimal Sum, long Count) from) =>
        into = (into.Sum + from.Sum, into.Count + from.Count);

    public decimal Result(in (decimal Sum, long Count) accumulator) => accumulator.Sum / accumulator.Count;

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in (decimal Sum, long Count) accumulator)
    {
        writer.Value(accumulator.Sum);
        writer.Write(accumulator.Count);
    }

    public (decimal Sum, long Count) Read(ref StateReader reader) => (reader.Value<decimal>(), reader.ReadInt64());
}
