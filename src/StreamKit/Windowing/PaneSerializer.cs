using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Panes.</summary>
internal sealed class PaneSerializer : StateSerializer<Pane>
{
    public override string Schema => "pane";

    public override void Write(ref StateWriter writer, in Pane value)
    {
        writer.Value(value.Timing);
        writer.Write(value.Index);
        writer.Write(value.IsFinal);
        writer.Write(value.IsRetraction);
        writer.Write(value.IsFilled);
    }

    public override Pane Read(ref StateReader reader) => new(
        reader.Value<PaneTiming>(),
        reader.ReadInt32(),
        reader.ReadBoolean(),
        reader.ReadBoolean(),
        reader.ReadBoolean());
}
