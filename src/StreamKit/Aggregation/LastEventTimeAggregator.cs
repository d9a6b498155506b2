using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>The largest event time; no record has the reserved one at the beginning.</summary>
internal readonly struct LastEventTimeAggregator<TIn> : ITimedAggregator<TIn, long, DateTimeOffset>
{
    public long Create() => long.MinValue;

    public void Add(ref long accumulator, in TIn record, Timestamp timestamp) =>
        accumulator = Math.Max(accumulator, timestamp.Ticks);

    public void Merge(ref long into, in long from) => into = Math.Max(into, from);

    public DateTimeOffset Result(in long accumulator) => new Timestamp(accumulator).ToDateTimeOffset();

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in long accumulator) => writer.Write(accumulator);

    public long Read(ref StateReader reader) => reader.ReadInt64();
}
