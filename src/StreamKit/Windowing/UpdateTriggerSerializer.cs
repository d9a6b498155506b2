using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>When a trigger fired last.</summary>
internal sealed class UpdateTriggerSerializer : StateSerializer<UpdateTrigger.State>
{
    public override string Schema => "update-trigger";

    public override void Write(ref StateWriter writer, in UpdateTrigger.State value)
    {
        writer.Write(value.HasFired);
        writer.Write(value.LastFired);
    }

    public override UpdateTrigger.State Read(ref StateReader reader) =>
        new() { HasFired = reader.ReadBoolean(), LastFired = reader.ReadInt64() };
}
