using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Frequent values.</summary>
internal sealed class HeavyHitterSerializer<TValue> : StateSerializer<HeavyHitter<TValue>>
{
    public override string Schema => "heavy-hitter";

    public override void Write(ref StateWriter writer, in HeavyHitter<TValue> value)
    {
        writer.Value(value.Value);
        writer.Write(value.Count);
        writer.Write(value.Error);
    }

    public override HeavyHitter<TValue> Read(ref StateReader reader) =>
        new(reader.Value<TValue>(), reader.ReadInt64(), reader.ReadInt64());
}
