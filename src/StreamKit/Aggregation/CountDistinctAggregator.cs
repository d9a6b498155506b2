using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>How many distinct values there are, exactly.</summary>
internal readonly struct CountDistinctAggregator<TIn, TValue>(Func<TIn, TValue> selector, int limit)
    : IAggregator<TIn, DistinctValues<TValue>?, long>, IGrowing
{
    private readonly Func<TIn, TValue> _selector = selector;
    private readonly int _limit = limit;

    // Made with the first record, so that an accumulator in a table that is never used costs nothing.
    public DistinctValues<TValue>? Create() => null;

    public void Add(ref DistinctValues<TValue>? accumulator, in TIn record)
    {
        TValue value = _selector(record);
        (accumulator ??= new(_limit)).Add(value);
    }

    public void Merge(ref DistinctValues<TValue>? into, in DistinctValues<TValue>? from)
    {
        if (from is not null)
        {
            (into ??= new(_limit)).Merge(from);
        }
    }

    public long Result(in DistinctValues<TValue>? accumulator) => accumulator?.Count ?? 0;

    public void DeclareNeeds(StateNeeds needs) => needs.Add<TValue>();

    public void Write(ref StateWriter writer, in DistinctValues<TValue>? accumulator)
    {
        if (accumulator is null)
        {
            writer.WriteNull();
        }
        else
        {
            accumulator.Write(ref writer);
        }
    }

    public DistinctValues<TValue>? Read(ref StateReader reader) =>
        reader.TryReadNull() ? null : DistinctValues<TValue>.Read(ref reader, _limit);
}
