using System.Globalization;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The distinct values so far, up to a limit.</summary>
internal sealed class DistinctValues<TValue>(int limit)
{
    private const int Form = 1;

    private readonly HashSet<TValue> _values = [];
    private bool _exceedsLimit;

    /// <exception cref="InvalidOperationException">The limit was exceeded when parts were merged.</exception>
    public long Count => _exceedsLimit ? throw TooMany() : _values.Count;

    /// <exception cref="InvalidOperationException">The value would exceed the limit; it is not taken.</exception>
    public void Add(TValue value)
    {
        if (_values.Count < limit && !_exceedsLimit)
        {
            _values.Add(value);
        }
        else if (!_values.Contains(value))
        {
            throw TooMany();
        }
    }

    // Merging happens where nobody can be told about one record, so what exceeds the limit shows when the result is
    // read.
    public void Merge(DistinctValues<TValue> other)
    {
        _exceedsLimit |= other._exceedsLimit;
        foreach (TValue value in other._values)
        {
            if (_exceedsLimit)
            {
                break;
            }

            _values.Add(value);
            _exceedsLimit = _values.Count > limit;
        }

        if (_exceedsLimit)
        {
            _values.Clear();
        }
    }

    public void Write(ref StateWriter writer)
    {
        writer.Write(Form);
        writer.Write(_exceedsLimit);
        writer.Write(_values.Count);
        StateSerializer<TValue> serializer = writer.Schema<TValue>();
        foreach (TValue value in _values)
        {
            writer.Payload(serializer, in value);
        }
    }

    /// <summary>Reads what was written; where the limit is lower now, it may be exceeded already.</summary>
    public static DistinctValues<TValue> Read(ref StateReader reader, int limit)
    {
        reader.ReadForm(Form, "CountDistinct");
        var read = new DistinctValues<TValue>(limit) { _exceedsLimit = reader.ReadBoolean() };
        int count = reader.ReadCount();
        StateSerializer<TValue> serializer = reader.Schema<TValue>();
        for (int i = 0; i < count; i++)
        {
            read._values.Add(reader.Payload(serializer));
        }

        read._exceedsLimit |= read._values.Count > limit;
        return read;
    }

    private InvalidOperationException TooMany() => new(string.Create(
        CultureInfo.InvariantCulture,
        $"A window would remember more than {limit} distinct values: give CountDistinct a larger limit, "
        + $"or use ApproxCountDistinct, whose memory does not grow."));
}
