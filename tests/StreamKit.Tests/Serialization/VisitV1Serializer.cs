using StreamKit.Serialization;

namespace StreamKit.Tests.Serialization;

internal sealed class VisitV1Serializer : StateSerializer<VisitV1>
{
    public override string Schema => "visit";

    public override void Write(ref StateWriter writer, in VisitV1 value) => writer.Write(value.Page);

    public override VisitV1 Read(ref StateReader reader) => new(reader.ReadString()!);
}
