namespace StreamKit.Files.Tests.Contracts;

public sealed class GzipPartsTests : RowPartsContract
{
    protected override Format Form => Format.Of("jsonl");

    protected override string Name => "deep/er/rows-{0:000}.jsonl.gz";

    protected override string Pattern => "deep/er/rows-*.jsonl.gz";
}
