using System.Globalization;
using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Aggregation;

/// <summary>All values, by event time; among equals, as they arrived.</summary>
internal readonly struct ListAggregator<TIn, TValue>(Func<TIn, TValue> selector, int limit)
    : ITimedAggregator<TIn, List<(long Ticks, TValue Value)>?, IReadOnlyList<TValue>>, IGrowing
{
    private readonly Func<TIn, TValue> _selector = selector;
    private readonly int _limit = limit;

    // Made with the first record, so that an accumulator in a table that is never used costs nothing.
    public List<(long Ticks, TValue Value)>? Create() => null;

    public void Add(ref List<(long Ticks, TValue Value)>? accumulator, in TIn record, Timestamp timestamp)
    {
        TValue value = _selector(record);
        CheckLimit((accumulator?.Count ?? 0) + 1);
        (accumulator ??= []).Add((timestamp.Ticks, value));
    }

    public void Merge(ref List<(long Ticks, TValue Value)>? into, in List<(long Ticks, TValue Value)>? from)
    {
        if (from is not null)
        {
            CheckLimit((into?.Count ?? 0) + from.Count);
            (into ??= []).AddRange(from);
        }
    }

    public IReadOnlyList<TValue> Result(in List<(long Ticks, TValue Value)>? accumulator) =>
        accumulator is null
            ? []
            : [.. accumulator.OrderBy(static dated => dated.Ticks).Select(static dated => dated.Value)];

    public void DeclareNeeds(StateNeeds needs) => needs.Add<TValue>();

    public void Write(ref StateWriter writer, in List<(long Ticks, TValue Value)>? accumulator)
    {
        writer.Write(accumulator?.Count ?? 0);
        if (accumulator is null || accumulator.Count == 0)
        {
            return;
        }

        StateSerializer<TValue> serializer = writer.Schema<TValue>();
        foreach ((long ticks, TValue value) in accumulator)
        {
            writer.Write(ticks);
            writer.Payload(serializer, in value);
        }
    }

    public List<(long Ticks, TValue Value)>? Read(ref StateReader reader)
    {
        int count = reader.ReadCount();
        if (count == 0)
        {
            return null;
        }

        List<(long Ticks, TValue Value)> read = [];
        StateSerializer<TValue> serializer = reader.Schema<TValue>();
        for (int i = 0; i < count; i++)
        {
            read.Add((reader.ReadInt64(), reader.Payload(serializer)));
        }

        return read;
    }

    private void CheckLimit(int count)
    {
        if (count > _limit)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"A window's list would hold more than {_limit} records: give ToList a larger limit, "
                + $"or aggregate otherwise."));
        }
    }
}
