namespace StreamKit.Files.Tests.Contracts;

/// <summary>In a job without checkpoints the option changes nothing.</summary>
public sealed class ExactlyOnceSinkTests : RowSinkContract
{
    protected override Format Form => Format.Of("csv");

    protected override string Name => "rows-{0:000}.csv";

    protected override string Pattern => "rows-*.csv";

    protected override FileSinkOptions Options { get; } = new() { ExactlyOnce = true };
}
