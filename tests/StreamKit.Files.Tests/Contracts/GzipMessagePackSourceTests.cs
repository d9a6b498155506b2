namespace StreamKit.Files.Tests.Contracts;

public sealed class GzipMessagePackSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("msgpack");

    protected override string Extension => ".gz";
}
