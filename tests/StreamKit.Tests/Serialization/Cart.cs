using MessagePack;

namespace StreamKit.Tests.Serialization;

/// <summary>A type of a user that is marked for MessagePack.</summary>
[MessagePackObject]
public sealed class Cart
{
    [Key(0)]
    public int Id { get; set; }

    [Key(1)]
    public List<string> Items { get; set; } = [];
}
