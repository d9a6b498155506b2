using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>
/// The value of the best record so far, with what it is judged by and its event time, if there is one.
/// </summary>
internal struct DatedExtreme<TBy, TValue>
{
    public bool HasValue { get; private set; }

    public TBy By { get; private set; }

    public long Ticks { get; private set; }

    public TValue Value { get; private set; }

    public void Set(TBy by, long ticks, TValue value) => (HasValue, By, Ticks, Value) = (true, by, ticks, value);

    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(HasValue);
        if (HasValue)
        {
            writer.Value(By);
            writer.Write(Ticks);
            writer.Value(Value);
        }
    }

    public static DatedExtreme<TBy, TValue> Read(ref StateReader reader) => reader.ReadBoolean()
        ? new()
        {
            HasValue = true,
            By = reader.Value<TBy>(),
            Ticks = reader.ReadInt64(),
            Value = reader.Value<TValue>(),
        }
        : default;
}
