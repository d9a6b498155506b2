using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Straight lines.</summary>
internal sealed class LinearTrendSerializer : StateSerializer<LinearTrend>
{
    public override string Schema => "linear-trend";

    public override void Write(ref StateWriter writer, in LinearTrend value)
    {
        writer.Write(value.Slope);
        writer.Write(value.Intercept);
        writer.Write(value.Count);
    }

    public override LinearTrend Read(ref StateReader reader) =>
        new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
}
