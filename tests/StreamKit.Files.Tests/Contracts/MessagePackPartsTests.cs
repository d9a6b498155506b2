namespace StreamKit.Files.Tests.Contracts;

public sealed class MessagePackPartsTests : RowPartsContract
{
    protected override Format Form => Format.Of("msgpack");

    protected override FileSinkOptions Options { get; } =
        new() { ExactlyOnce = true, IfExists = ExistingFile.Fail, BufferBytes = 1 };
}
