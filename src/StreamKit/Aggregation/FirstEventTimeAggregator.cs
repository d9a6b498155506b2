using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>The smallest event time; no record has the reserved one at the end.</summary>
internal readonly struct FirstEventTimeAggregator<TIn> : ITimedAggregator<TIn, long, DateTimeOffset>
{
    public long Create() => long.MaxValue;

    public void Add(ref long accumulator, in TIn record, Timestamp timestamp) =>
        accumulator = Math.Min(accumulator, timestamp.Ticks);

    public void Merge(ref long into, in long from) => into = Math.Min(into, from);

    public DateTimeOffset Result(in long accumulator) => new Timestamp(accumulator).ToDateTimeOffset();

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in long accumulator) => writer.Write(accumulator);

    public long Read(ref StateReader reader) => reader.ReadInt64();
}
