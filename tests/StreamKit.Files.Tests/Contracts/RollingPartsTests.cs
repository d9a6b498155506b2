namespace StreamKit.Files.Tests.Contracts;

public sealed class RollingPartsTests : RowPartsContract
{
    protected override Format Form => Format.Of("semicolon.csv");

    protected override FileSinkOptions Options { get; } =
        new() { ExactlyOnce = true, RollBytes = 30, RollEvery = TimeSpan.FromDays(365) };
}
