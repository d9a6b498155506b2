namespace StreamKit.Files.Tests.Contracts;

public sealed class GzipCsvSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("csv");

    protected override string Extension => ".gz";
}
