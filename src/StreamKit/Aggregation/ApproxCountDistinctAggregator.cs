using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>How many distinct values there are, nearly, in bounded memory.</summary>
internal readonly struct ApproxCountDistinctAggregator<TIn, TValue>(
    Func<TIn, TValue> selector,
    Func<TValue, ulong> hash,
    int precision) : IAggregator<TIn, HyperLogLog?, long>
{
    private readonly Func<TIn, TValue> _selector = selector;
    private readonly Func<TValue, ulong> _hash = hash;
    private readonly int _precision = precision;

    // Made with the first record, so that an accumulator in a table that is never used costs nothing.
    public HyperLogLog? Create() => null;

    public void Add(ref HyperLogLog? accumulator, in TIn record)
    {
        ulong hash = _hash(_selector(record));
        (accumulator ??= new(_precision)).Add(hash);
    }

    public void Merge(ref HyperLogLog? into, in HyperLogLog? from)
    {
        if (into is null)
        {
            into = from?.Clone();
        }
        else if (from is not null)
        {
            into.Merge(from);
        }
    }

    public long Result(in HyperLogLog? accumulator) =>
        accumulator is null ? 0 : (long)Math.Round(accumulator.Estimate());

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in HyperLogLog? accumulator)
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

    public HyperLogLog? Read(ref StateReader reader) =>
        reader.TryReadNull() ? null : HyperLogLog.Read(ref reader, _precision);
}
