using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Records that were set aside.</summary>
internal sealed class LateSerializer<T> : StateSerializer<Late<T>?>
{
    public override string Schema => "late";

    public override void Write(ref StateWriter writer, in Late<T>? value)
    {
        if (value is null)
        {
            writer.WriteNull();
            return;
        }

        writer.Value(value.Value);
        writer.Write(value.Timestamp.Ticks);
        writer.Write(value.Watermark.Ticks);
        writer.Value(value.MissedWindows);
        writer.Write(value.AcceptedByOthers);
        writer.Value(value.Reason);
    }

    public override Late<T>? Read(ref StateReader reader) => reader.TryReadNull()
        ? null
        : new(
            reader.Value<T>(),
            new(reader.ReadInt64()),
            new(reader.ReadInt64()),
            reader.Value<IReadOnlyList<Window>?>() ?? [],
            reader.ReadBoolean(),
            reader.Value<LateReason>());
}
