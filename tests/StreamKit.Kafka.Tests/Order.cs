using MessagePack;

namespace StreamKit.Kafka.Tests;

[MessagePackObject]
public sealed record Order
{
    [Key(0)]
    public required string? Customer { get; init; }

    [Key(1)]
    public required long Amount { get; init; }

    [Key(2)]
    public DateTimeOffset Time { get; init; }
}
