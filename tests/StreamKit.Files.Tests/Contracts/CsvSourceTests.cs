namespace StreamKit.Files.Tests.Contracts;

public sealed class CsvSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("csv");
}
