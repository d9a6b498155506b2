namespace StreamKit.Files.Tests.Contracts;

public sealed class BrotliJsonSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("jsonl");

    protected override string Extension => ".br";
}
