using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>What an event-time step remembers of one split.</summary>
/// <param name="Source">The name of the source's step; empty where splits can no longer be told apart.</param>
/// <param name="Split">The split's name.</param>
/// <param name="State">How far it had come.</param>
/// <param name="Highest">The highest event time of its records.</param>
/// <param name="Generator">What its generator remembers.</param>
internal sealed record SavedSplit(
    string Source, string Split, InputWatermark State, long Highest, ReadOnlyMemory<byte> Generator)
{
    public static SavedSplit Read(ref StateReader reader) => new(
        reader.ReadString() ?? "",
        reader.ReadString() ?? "",
        new InputWatermark(reader.ReadInt64(), reader.ReadBoolean()),
        reader.ReadInt64(),
        reader.ReadBytes().ToArray());

    public void Write(ref StateWriter writer)
    {
        writer.Write(Source);
        writer.Write(Split);
        writer.Write(State.Watermark);
        writer.Write(State.IsIdle);
        writer.Write(Highest);
        writer.Write(Generator.Span);
    }
}
