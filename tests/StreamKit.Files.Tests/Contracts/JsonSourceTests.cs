namespace StreamKit.Files.Tests.Contracts;

public sealed class JsonSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("jsonl");
}
