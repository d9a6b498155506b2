namespace StreamKit.Files.Tests.Contracts;

public sealed class MessagePackSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("msgpack");
}
