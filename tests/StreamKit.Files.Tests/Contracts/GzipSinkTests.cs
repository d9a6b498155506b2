namespace StreamKit.Files.Tests.Contracts;

public sealed class GzipSinkTests : RowSinkContract
{
    protected override Format Form => Format.Of("csv");

    protected override string Name => "rows.csv.gz";
}
