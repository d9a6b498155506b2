namespace StreamKit.Files.Tests.Contracts;

public sealed class SemicolonCsvSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("semicolon.csv");
}
