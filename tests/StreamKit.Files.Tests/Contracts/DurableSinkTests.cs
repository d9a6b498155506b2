namespace StreamKit.Files.Tests.Contracts;

public sealed class DurableSinkTests : RowSinkContract
{
    protected override Format Form => Format.Of("jsonl");

    protected override FileSinkOptions Options { get; } = new() { Durable = true, BufferBytes = 1 };
}
