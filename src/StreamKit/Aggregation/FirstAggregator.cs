using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>
/// The value of the record with the smallest event time; among equals, of the one that arrived first.
/// </summary>
internal readonly struct FirstAggregator<TIn, TValue>(Func<TIn, TValue> selector)
    : ITimedAggregator<TIn, Dated<TValue>, TValue>
{
    private readonly Func<TIn, TValue> _selector = selector;

    public Dated<TValue> Create() => default;

    public void Add(ref Dated<TValue> accumulator, in TIn record, Timestamp timestamp)
    {
        if (!accumulator.HasValue || timestamp.Ticks < accumulator.Ticks)
        {
            accumulator.Set(_selector(record), timestamp.Ticks);
        }
    }

    public void Merge(ref Dated<TValue> into, in Dated<TValue> from)
    {
        if (from.HasValue && (!into.HasValue || from.Ticks < into.Ticks))
        {
            into = from;
        }
    }

    public TValue Result(in Dated<TValue> accumulator) => accumulator.Value;

    public void DeclareNeeds(StateNeeds needs) => needs.Add<TValue>();

    public void Write(ref StateWriter writer, in Dated<TValue> accumulator) => accumulator.Write(ref writer);

    public Dated<TValue> Read(ref StateReader reader) => Dated<TValue>.Read(ref reader);
}
