using MessagePack;

namespace StreamKit.Tests.Serialization;

/// <summary>A type that only its assembly sees, marked for MessagePack.</summary>
[MessagePackObject]
internal readonly record struct InnerCart([property: Key(0)] int Id, [property: Key(1)] string? Name);
