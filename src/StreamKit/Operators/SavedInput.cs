using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>What a merge remembers of one of its inputs.</summary>
/// <param name="Sender">Who sends: the name of the stage, and the lane.</param>
/// <param name="State">How far the input had come.</param>
internal sealed record SavedInput(string Sender, InputWatermark State)
{
    public static SavedInput Read(ref StateReader reader) => new(
        reader.ReadString() ?? "",
        new InputWatermark(reader.ReadInt64(), reader.ReadBoolean(), reader.ReadBoolean()));

    public void Write(ref StateWriter writer)
    {
        writer.Write(Sender);
        writer.Write(State.Watermark);
        writer.Write(State.IsIdle);
        writer.Write(State.HasEnded);
    }
}
