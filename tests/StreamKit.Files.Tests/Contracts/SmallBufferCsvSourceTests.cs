namespace StreamKit.Files.Tests.Contracts;

public sealed class SmallBufferCsvSourceTests : RowSourceContract
{
    protected override Format Form => Format.Of("csv");

    protected override FileSourceOptions Options { get; } = new() { BufferBytes = 16 };
}
