namespace StreamKit.Files.Tests.Contracts;

public sealed class CsvSinkTests : RowSinkContract
{
    protected override Format Form => Format.Of("semicolon.csv");
}
