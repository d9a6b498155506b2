namespace StreamKit.Files.Tests.Contracts;

public sealed class JsonSinkTests : RowSinkContract
{
    protected override Format Form => Format.Of("jsonl");
}
