using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The best value so far, if there is one.</summary>
internal struct Extreme<TValue>
{
    public bool HasValue { get; private set; }

    public TValue Value { get; private set; }

    public void Set(TValue value) => (HasValue, Value) = (true, value);

    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(HasValue);
        if (HasValue)
        {
            writer.Value(Value);
        }
    }

    public static Extreme<TValue> Read(ref StateReader reader) => reader.ReadBoolean()
        ? new() { HasValue = true, Value = reader.Value<TValue>() }
        : default;
}
