using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The largest of the values, by the type's own order.</summary>
internal readonly struct MaxAggregator<TIn, TValue>(Func<TIn, TValue> selector)
    : IAggregator<TIn, Extreme<TValue>, TValue>
{
    private readonly Func<TIn, TValue> _selector = selector;

    public Extreme<TValue> Create() => default;

    public void Add(ref Extreme<TValue> accumulator, in TIn record) => Take(ref accumulator, _selector(record));

    public void Merge(ref Extreme<TValue> into, in Extreme<TValue> from)
    {
        if (from.HasValue)
        {
            Take(ref into, from.Value);
        }
    }

    public TValue Result(in Extreme<TValue> accumulator) => accumulator.Value;

    public void DeclareNeeds(StateNeeds needs) => needs.Add<TValue>();

    public void Write(ref StateWriter writer, in Extreme<TValue> accumulator) => accumulator.Write(ref writer);

    public Extreme<TValue> Read(ref StateReader reader) => Extreme<TValue>.Read(ref reader);

    private static void Take(ref Extreme<TValue> best, TValue value)
    {
        if (!best.HasValue || Comparer<TValue>.Default.Compare(value, best.Value) > 0)
        {
            best.Set(value);
        }
    }
}
