namespace StreamKit.Files.Tests.Contracts;

public sealed class MessagePackSinkTests : RowSinkContract
{
    protected override Format Form => Format.Of("msgpack");
}
