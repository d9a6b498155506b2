using StreamKit.Serialization;

namespace StreamKit.Tests.Serialization;

/// <summary>Writes the third layout, and reads the second one, too.</summary>
internal sealed class VisitSerializer : StateSerializer<Visit>
{
    public override string Schema => "visit";

    public override int Version => 3;

    public override void Write(ref StateWriter writer, in Visit value)
    {
        writer.Write(value.Count);
        writer.Write(value.Page);
    }

    public override Visit Read(ref StateReader reader)
    {
        int count = reader.ReadInt32();
        return new(reader.ReadString()!, count);
    }

    public override StateSerializer<Visit>? Earlier(int version) => version == 2 ? new Second() : null;

    internal sealed class Second : StateSerializer<Visit>
    {
        public override string Schema => "visit";

        public override int Version => 2;

        public override void Write(ref StateWriter writer, in Visit value)
        {
            writer.Write(value.Page);
            writer.Write(value.Count);
        }

        public override Visit Read(ref StateReader reader) => new(reader.ReadString()!, reader.ReadInt32());
    }
}
