using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>A value with its event time, if there is one.</summary>
internal struct Dated<TValue>
{
    public bool HasValue { get; private set; }

    public long Ticks { get; private set; }

    public TValue Value { get; private set; }

    public void Set(TValue value, long ticks) => (HasValue, Ticks, Value) = (true, ticks, value);

    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(HasValue);
        if (HasValue)
        {
            writer.Write(Ticks);
            writer.Value(Value);
        }
    }

    public static Dated<TValue> Read(ref StateReader reader) => reader.ReadBoolean()
        ? new() { HasValue = true, Ticks = reader.ReadInt64(), Value = reader.Value<TValue>() }
        : default;
}
