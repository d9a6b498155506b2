using StreamKit.Serialization;

namespace StreamKit.Tests.Serialization;

internal sealed class ChainSerializer : StateSerializer<Chain>
{
    public override string Schema => "chain";

    public override void Write(ref StateWriter writer, in Chain value)
    {
        writer.Write(value.Inner is not null);
        if (value.Inner is { } inner)
        {
            writer.Value(in inner);
        }
    }

    public override Chain Read(ref StateReader reader) => new(reader.ReadBoolean() ? reader.Value<Chain>() : null);
}
