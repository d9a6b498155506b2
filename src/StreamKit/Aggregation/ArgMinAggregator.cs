using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>
/// The value of the record with the smallest <c>by</c>; among equals, of the earliest, then of the first to arrive.
/// </summary>
internal readonly struct ArgMinAggregator<TIn, TBy, TValue>(Func<TIn, TBy> by, Func<TIn, TValue> select)
    : ITimedAggregator<TIn, DatedExtreme<TBy, TValue>, TValue>
{
    private readonly Func<TIn, TBy> _by = by;
    private readonly Func<TIn, TValue> _select = select;

    public DatedExtreme<TBy, TValue> Create() => default;

    public void Add(ref DatedExtreme<TBy, TValue> accumulator, in TIn record, Timestamp timestamp)
    {
        TBy by = _by(record);
        if (IsBetter(by, timestamp.Ticks, in accumulator))
        {
            accumulator.Set(by, timestamp.Ticks, _select(record));
        }
    }

    public void Merge(ref DatedExtreme<TBy, TValue> into, in DatedExtreme<TBy, TValue> from)
    {
        if (from.HasValue && IsBetter(from.By, from.Ticks, in into))
        {
            into = from;
        }
    }

    public TValue Result(in DatedExtreme<TBy, TValue> accumulator) => accumulator.Value;

    public void DeclareNeeds(StateNeeds needs)
    {
        needs.Add<TBy>();
        needs.Add<TValue>();
    }

    public void Write(ref StateWriter writer, in DatedExtreme<TBy, TValue> accumulator) =>
        accumulator.Write(ref writer);

    public DatedExtreme<TBy, TValue> Read(ref StateReader reader) => DatedExtreme<TBy, TValue>.Read(ref reader);

    private static bool IsBetter(TBy by, long ticks, in DatedExtreme<TBy, TValue> best)
    {
        if (!best.HasValue)
        {
            return true;
        }

        int order = Comparer<TBy>.Default.Compare(by, best.By);
        return order == 0 ? ticks < best.Ticks : order < 0;
    }
}
