namespace StreamKit.Files.Tests.Contracts;

public sealed class CsvPartsTests : RowPartsContract
{
    protected override Format Form => Format.Of("csv");
}
