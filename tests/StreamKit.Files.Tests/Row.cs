using MessagePack;

namespace StreamKit.Files.Tests;

/// <summary>A record with what makes formats stumble: text, fractions, instants, nothing.</summary>
[MessagePackObject]
public sealed record Row(
    [property: Key(0)] int Id,
    [property: Key(1)] string Text,
    [property: Key(2)] double Value,
    [property: Key(3)] long? Maybe,
    [property: Key(4)] bool Flag);
