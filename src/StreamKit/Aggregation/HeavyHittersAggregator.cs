using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The most frequent values, with bounds for how often they came.</summary>
internal readonly struct HeavyHittersAggregator<TIn, TValue>(Func<TIn, TValue> selector, int capacity)
    : IAggregator<TIn, FrequentValues<TValue>?, IReadOnlyList<HeavyHitter<TValue>>>
    where TValue : notnull
{
    private readonly Func<TIn, TValue> _selector = selector;
    private readonly int _capacity = capacity;

    // Made with the first record, so that an accumulator in a table that is never used costs nothing.
    public FrequentValues<TValue>? Create() => null;

    public void Add(ref FrequentValues<TValue>? accumulator, in TIn record)
    {
        TValue value = _selector(record);
        if (value is null)
        {
            throw new ArgumentException(
                "HeavyHitters has no counter for null: leave such records out, or select another value.");
        }

        (accumulator ??= new(_capacity)).Add(value);
    }

    public void Merge(ref FrequentValues<TValue>? into, in FrequentValues<TValue>? from)
    {
        if (from is not null)
        {
            (into ??= new(_capacity)).Merge(from);
        }
    }

    public IReadOnlyList<HeavyHitter<TValue>> Result(in FrequentValues<TValue>? accumulator) =>
        accumulator?.Best() ?? [];

    public void DeclareNeeds(StateNeeds needs) => needs.Add<TValue>();

    public void Write(ref StateWriter writer, in FrequentValues<TValue>? accumulator)
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

    public FrequentValues<TValue>? Read(ref StateReader reader) =>
        reader.TryReadNull() ? null : FrequentValues<TValue>.Read(ref reader, _capacity);
}
