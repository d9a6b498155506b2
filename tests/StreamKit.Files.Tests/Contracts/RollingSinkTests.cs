namespace StreamKit.Files.Tests.Contracts;

public sealed class RollingSinkTests : RowSinkContract
{
    protected override Format Form => Format.Of("csv");

    protected override string Name => "deep/er/rows-{0:000}.csv";

    protected override string Pattern => "deep/er/rows-*.csv";

    protected override FileSinkOptions Options { get; } = new() { RollBytes = 60, BufferBytes = 10 };
}
